import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rewrite } from './rewriting.js';

/**
 * Sending an application finds each case by its key, however many drafts lie there. Row-level security lets a condition choose the index only where
 * nothing in it could tell of a row: a uuid that is one already may, one that is read out of JSON may not, and then every draft was read each time.
 * And what follows a new clock or a new party looks first whether there is a court or a file that it concerns.
 */
export class FilingPlan implements MigrationInterface {
  name = 'FilingPlan1764000000162';

  async up(db: QueryRunner) {
    for (const [name, was, is] of words) await rewrite(db, name, was, is);
    for (const name of functions) for (const way of ways) await db.query(`ALTER FUNCTION ${name} SET ${way} = off`);
  }

  async down(db: QueryRunner) {
    for (const name of functions) for (const way of ways) await db.query(`ALTER FUNCTION ${name} RESET ${way}`);
    for (const [name, was, is] of words.toReversed()) await rewrite(db, name, is, was);
  }
}

const functions = ['drafts_to_file(jsonb, text)', 'file_drafts(jsonb)'];
/** The plan is made once, often while the tables are small, and kept. */
const ways = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];

const unless = (found: string) => `IF NOT EXISTS (${found}) THEN RETURN NULL; END IF;\n    `;
const dated = 'UPDATE cases c SET court_due';
const passed = 'UPDATE files f SET owner_id';
/** A list of keys is sought in their index, whatever the planner believes of a table that nobody has counted yet. */
const ids = (among: string, key: string) => `ARRAY(SELECT (a->>'${key}')::uuid FROM jsonb_array_elements(${among}) a)`;
/** So that no index of numbers is walked for all that have none. */
const [unnumbered, unnumberedUnsought] = ['c.number IS NULL', `coalesce(c.number, '') = ''`];
/** As record_event (0005, 0077) adds one: the head of each chain is held, and the fact that follows it is hashed with it. */
const factByFact = `FOR one IN SELECT * FROM jsonb_array_elements(ready) LOOP
      PERFORM record_event((one->>'eventId')::uuid, (one->>'caseId')::uuid, 'case.submitted', (one->>'personId')::uuid, 'citizen', (one->>'at')::timestamptz, one->'data');
    END LOOP;`;
const factsAtOnce = `INSERT INTO chain_heads (chain, seq, hash) SELECT a.id, 0, '\\x' FROM unnest(${ids('ready', 'caseId')}) AS a (id)
      WHERE NOT EXISTS (SELECT FROM chain_heads h WHERE h.chain = a.id) ON CONFLICT DO NOTHING;
    PERFORM FROM chain_heads h WHERE h.chain = ANY (${ids('ready', 'caseId')}) ORDER BY h.chain FOR UPDATE;
    WITH facts AS (
      SELECT f."eventId" AS id, h.chain, h.seq + 1 AS seq, f."personId" AS actor, f.at, f.data, h.hash AS previous,
        event_hash(h.hash, f."eventId", h.chain, h.seq + 1, 'case.submitted', f."personId", 'citizen', f.at, f.data) AS hash
      FROM jsonb_to_recordset(ready) AS f ("eventId" uuid, "caseId" uuid, "personId" uuid, at timestamptz, data jsonb) JOIN chain_heads h ON h.chain = f."caseId"),
    told AS (
      INSERT INTO events (id, chain, seq, case_id, type, actor_id, actor_role, at, data, previous, hash)
        SELECT e.id, e.chain, e.seq, e.chain, 'case.submitted', e.actor, 'citizen', e.at, e.data, e.previous, e.hash FROM facts e),
    chained AS (UPDATE chain_heads h SET seq = e.seq, hash = e.hash FROM facts e WHERE h.chain = e.chain)
    INSERT INTO outbox (event_id) SELECT e.id FROM facts e;`;
const words: [name: string, was: string, is: string][] = [
  ['drafts_to_file', unnumbered, unnumberedUnsought],
  ['drafts_to_file', `WHERE c.door = 'self'`, `WHERE c.id = ANY (${ids('asked', 'case_id')}) AND c.door = 'self'`],
  ['file_drafts', unnumbered, unnumberedUnsought],
  [
    'file_drafts',
    `WHERE c.created_by = (f.filing->>'personId')::uuid`,
    `WHERE c.id = ANY (${ids('filings', 'caseId')}) AND c.created_by = (f.filing->>'personId')::uuid`,
  ],
  [
    'file_drafts',
    `shuttle = n.shuttle, number = f->>'number'
      FROM jsonb_array_elements(ready) f CROSS JOIN LATERAL jsonb_populate_record(NULL::cases, f->'columns') n WHERE c.id = (f->>'caseId')::uuid;`,
    `shuttle = n.shuttle, number = f.number
      FROM jsonb_to_recordset(ready) AS f ("caseId" uuid, number text, columns jsonb) CROSS JOIN LATERAL jsonb_populate_record(NULL::cases, f.columns) n
      WHERE c.id = f."caseId" AND c.id = ANY (${ids('ready', 'caseId')});`,
  ],
  [
    'file_drafts',
    `SET cancelled_at = (f->>'at')::timestamptz FROM jsonb_array_elements(ready) f
      WHERE d.case_id = (f->>'caseId')::uuid AND`,
    `SET cancelled_at = f.at FROM jsonb_to_recordset(ready) AS f ("caseId" uuid, at timestamptz)
      WHERE d.case_id = f."caseId" AND d.case_id = ANY (${ids('ready', 'caseId')}) AND`,
  ],
  ['file_drafts', factByFact, factsAtOnce],
  ['file_drafts', 'ready jsonb;\n    one jsonb;', 'ready jsonb;'],
  ['date_court', dated, unless('SELECT FROM cases o WHERE o.id = NEW.case_id AND o.court_id IS NOT NULL') + dated],
  ['pass_files', passed, unless('SELECT FROM files o WHERE o.case_id = NEW.case_id AND o.desk_id IS NOT NULL') + passed],
];
