import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';

const tables = {
  cases: 'cases',
  applications: 'applications',
  parties: 'parties',
  deadlines: 'deadlines',
  events: 'events',
  outbox: 'outbox',
};
const others = { act_answers: 'act_answers', chain_heads: 'chain_heads', data_keys: 'keys.data_keys' };

/** Tables like ours, with every index, check and derived column of ours; without policies and triggers, and with fewer references. */
export const keptTables = `
  CREATE SCHEMA IF NOT EXISTS kept;
  ${Object.entries({ ...tables, ...others })
    .map(([name, like]) => `CREATE TABLE IF NOT EXISTS kept.${name} (LIKE ${like} INCLUDING ALL);`)
    .join('\n')}
  ALTER TABLE kept.parties ADD FOREIGN KEY (case_id) REFERENCES kept.cases;
  ALTER TABLE kept.deadlines ADD FOREIGN KEY (case_id) REFERENCES kept.cases;
  ALTER TABLE kept.outbox ADD FOREIGN KEY (event_id) REFERENCES kept.events;`;

const key = randomBytes(32);
function seal(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}
function open(sealed: Buffer): string {
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString();
}
const hashed = (text: string) => createHmac('sha256', key).update(text).digest();

/** So many drafts, written beforehand as ours are. */
export async function draftKept(pool: pg.Pool, { count, answers }: { count: number; answers: object }): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `WITH made AS (INSERT INTO kept.cases (id, state, state_since, category, district, language, created_by, created_at, rules_on)
       SELECT gen_random_uuid(), 'DRAFT', now(), 'neighbours', 'ulan', 'kk', gen_random_uuid(), now(), '2026-09-07' FROM generate_series(1, $1::int) RETURNING id),
     told AS (INSERT INTO kept.applications (case_id, answers_sealed, saved_at) SELECT id, $2, now() FROM made),
     timed AS (INSERT INTO kept.deadlines (id, case_id, code, starts_at, due_at) SELECT gen_random_uuid(), id, 'DRAFT_AUTODELETE', now(), now() + interval '30 days' FROM made)
     SELECT id FROM made`,
    [count, seal(JSON.stringify(answers))],
  );
  return rows.map(({ id }) => id);
}

type Answers = Record<'category' | 'district', string> & { own: { iin: string }; other: { surname: string; given: string; phone: string } };
type Act = { caseId: string; personId: string; key: string };

/**
 * What a filing of ours keeps, written by hand in the ordinary way, one statement after another in one transaction: the draft is read back and
 * opened, contacts are sealed with a key of each party's and hashed for look-up, the fact is chained, the answer is kept sealed under the act's key.
 */
export async function fileKept(pool: pg.Pool, { caseId, personId, key: act }: Act) {
  const [client, at, eventId] = [await pool.connect(), new Date(), randomUUID()];
  const ask = async <T extends object>(sql: string, values: unknown[]) => (await client.query<T>(sql, values)).rows[0]!;
  try {
    await client.query('BEGIN');
    const claim = 'INSERT INTO kept.act_answers (person_id, key, request_hash, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING';
    await ask(claim, [personId, act, hashed(caseId), at]);
    const { sealed } = await ask<{ sealed: Buffer }>(
      `SELECT a.answers_sealed AS sealed FROM kept.cases c JOIN kept.applications a ON a.case_id = c.id WHERE c.id = $1 AND c.state = 'DRAFT' FOR UPDATE OF c`,
      [caseId],
    );
    const { category, district, own, other } = JSON.parse(open(sealed)) as Answers;
    const { number } = await ask<{ number: string }>(
      `UPDATE kept.cases SET state = 'SUBMITTED', state_since = $2, filed_at = $2, category = $3, district = $4, number = 'K-' || nextval('bare.numbers')
       WHERE id = $1 RETURNING number`,
      [caseId, at, category, district],
    );
    const party = async (
      side: string,
      named: { surname: string; given: string },
      contact: { phone?: string; iin?: string },
      person: string | null,
    ) => {
      const id = randomUUID();
      const wrapped = seal(randomBytes(32).toString('hex'));
      await ask(
        `INSERT INTO kept.data_keys (scope, scope_id, version, master_id, wrapped, created_at) VALUES ('party', $1, 1, '1', $2, $3)`,
        [id, wrapped, at],
      );
      await ask(
        `INSERT INTO kept.parties (id, case_id, side, ordinal, kind, person_id, surname, given, name_folded, language, id_number_sealed, id_number_hash, phone_sealed, phone_hash, joined_at)
         VALUES ($1, $2, $3, 1, 'person', $4, $5, $6, $7, 'kk', $8, $9, $10, $11, $12)`,
        [
          id,
          caseId,
          side,
          person,
          named.surname,
          named.given,
          `${named.surname} ${named.given}`.toLowerCase(),
          contact.iin && seal(contact.iin),
          contact.iin && hashed(contact.iin),
          contact.phone && seal(contact.phone),
          contact.phone && hashed(contact.phone),
          person && at,
        ],
      );
      return { id, side, ...named };
    };
    const parties = [await party('A', { surname: 'Үмітова', given: 'Кәмила' }, own, personId), await party('B', other, other, null)];
    const stop = `UPDATE kept.deadlines SET cancelled_at = $2 WHERE case_id = $1 AND code = 'DRAFT_AUTODELETE' AND fired_at IS NULL AND cancelled_at IS NULL`;
    await ask(stop, [caseId, at]);
    const dueAt = new Date(at.getTime() + 2 * 86_400_000);
    const start = `INSERT INTO kept.deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'SCREENING', $3, $4)`;
    await ask(start, [randomUUID(), caseId, at, dueAt]);
    await ask(`INSERT INTO kept.chain_heads (chain, seq, hash) VALUES ($1, 0, '') ON CONFLICT DO NOTHING`, [caseId]);
    const head = await ask<{ seq: string; hash: Buffer }>('SELECT seq, hash FROM kept.chain_heads WHERE chain = $1 FOR UPDATE', [caseId]);
    const data = { deadline: 'SCREENING', dueAt, action: 'submit', from: 'DRAFT', to: 'SUBMITTED' };
    const [seq, hash] = [Number(head.seq) + 1, createHash('sha256').update(head.hash).update(JSON.stringify(data)).digest()];
    await ask(
      `INSERT INTO kept.events (id, chain, seq, case_id, type, actor_id, actor_role, at, data, previous, hash) VALUES ($1, $2, $3, $2, 'case.submitted', $4, 'citizen', $5, $6, $7, $8)`,
      [eventId, caseId, seq, personId, at, data, head.hash, hash],
    );
    await ask('UPDATE kept.chain_heads SET seq = $2, hash = $3 WHERE chain = $1', [caseId, seq, hash]);
    await ask('INSERT INTO kept.outbox (event_id) VALUES ($1)', [eventId]);
    await ask(`SELECT pg_notify('kept', '')`, []);
    const answer = { id: caseId, number, state: 'SUBMITTED', since: at, dueAt, parties };
    await ask('UPDATE kept.act_answers SET answer_sealed = $3 WHERE person_id = $1 AND key = $2', [
      personId,
      act,
      seal(JSON.stringify(answer)),
    ]);
    await client.query('COMMIT');
    return answer;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
