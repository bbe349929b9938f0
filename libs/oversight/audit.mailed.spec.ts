import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { type Actor, AuditExport, NameWitness } from '#contract';
import { AuditRoots, AuditService, verdictOn } from '#oversight';
import { type Config, newId } from '#platform';
import { Deliverer, Planner } from '#notifications';
import { WitnessesService } from '#safekeeping';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Sink, startSink } from '../../test/support/smtp.js';
import { SmtpMail } from '../notifications/channels/smtp.mail.js';
import { leafOf, rootOf, treeOf } from './audit.tree.js';

let fresh: FreshDatabase;
let sink: Sink;
let mail: SmtpMail;
let witnesses: WitnessesService;
let deliverer: Deliverer;
const admin: Actor = { id: newId(), role: 'administrator' };
const desk: Actor = { id: newId(), role: 'coordinator' };
const caseId = newId();

beforeAll(async () => {
  [fresh, sink] = await Promise.all([freshDatabase({ entities: [Case] }), startSink()]);
  fresh.clock.set('2026-11-20T06:00:00Z');
  mail = new SmtpMail([sink.url]);
  witnesses = new WitnessesService(fresh.db, fresh.clock, fresh.keys);
  const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
  const nothing = { send: async () => ({ outcome: 'sent', provider: 'none' }) as const };
  deliverer = new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, mail, nothing, nothing);
  for (const { id } of [admin, desk])
    await fresh.admin(
      `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'К', 'К', 'kk', $2, '2020-01-01')`,
      [id, Buffer.from(id!)],
    );
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on)
     VALUES ($1, 'M-2026-0001', 'SUBMITTED', '2026-11-01', 'debt', 'oskemen', 'kk', $2, '2026-11-01', '2026-11-01', '2026-11-01')`,
    [caseId, desk.id],
  );
  for (let n = 1; n <= 3; n++)
    await fresh.admin(`SELECT record_event($1, $2, 'deadline.set', $3, 'coordinator', $4, $5)`, [
      newId(),
      caseId,
      desk.id,
      '2026-11-20T05:00:00Z',
      { n },
    ]);
});
afterAll(async () => {
  mail.close();
  await sink.stop();
  await fresh.drop();
});

const name = (email: string, language: 'kk' | 'ru') =>
  witnesses.name(admin, NameWitness.parse({ name: `Серіктес ${language}`, email, language }));
/** The worker's round: the root of yesterday, its fact, its notices, their delivery. */
async function passDay(now: string) {
  fresh.clock.set(now);
  await new AuditRoots(fresh.workerDb, fresh.clock).makeDue();
  const facts = await fresh.admin<{ id: string }>(
    `SELECT e.id FROM events e JOIN outbox o ON o.event_id = e.id WHERE e.type = 'audit.root_made' AND o.handled_at IS NULL`,
  );
  const planned = await new Planner(fresh.workerDb, fresh.clock).plan(facts.map(({ id }) => id));
  await Promise.all(planned.map(({ id }) => deliverer.deliver(id)));
  return planned.length;
}
const taken = async () => AuditExport.parse(JSON.parse(JSON.stringify(await new AuditService(fresh.db, fresh.clock).export(desk, caseId))));
const rootIn = (text: string) => /\b[0-9a-f]{64}\b/.exec(text)![0];
let kept = '';

it('mails the root of a day to every witness, once, each in the own language, and it is the one that is published', async () => {
  await name('elder@partner.kz', 'kk');
  await name('keeper@other.kz', 'ru');
  await expect(witnesses.list(desk)).rejects.toMatchObject({ code: 'not_found' });
  const stored = await fresh.admin<{ row: string }>('SELECT w::text AS row FROM audit_witnesses w');
  expect(stored.map(({ row }) => row).join()).not.toContain('partner.kz');
  expect(await passDay('2026-11-20T19:30:00Z')).toBe(2);
  expect(await passDay('2026-11-20T19:31:00Z')).toBe(0);
  const mails = await Promise.all(sink.taken.map(async ({ to, raw }) => ({ to, text: (await simpleParser(raw)).text! })));
  expect(mails.map(({ to }) => to).toSorted()).toEqual(['elder@partner.kz', 'keeper@other.kz']);
  const [published] = await new AuditService(fresh.db, fresh.clock).roots();
  for (const { text } of mails) expect(rootIn(text)).toBe(published!.root);
  expect(mails.find(({ to }) => to === 'keeper@other.kz')!.text).toMatch(/Корень за 20\sноября/);
  kept = rootIn(mails[0]!.text);
  expect(verdictOn(await taken(), kept)).toMatchObject({ holds: true, root: 'matches' });
});

it('finds a chain that was wholly written anew, the published root with it, against the root that was mailed', async () => {
  await rewriteAll();
  const made = await taken();
  expect(verdictOn(made)).toMatchObject({ holds: true, root: 'matches' });
  expect(verdictOn(made, kept)).toMatchObject({ holds: true, root: 'differs' });
});

it('mails no more to who is a witness no longer', async () => {
  const [first] = await witnesses.list(admin);
  await witnesses.end(admin, first!.id);
  await expect(witnesses.end(admin, first!.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await passDay('2026-11-21T19:30:00Z')).toBe(1);
  expect(sink.taken.at(-1)!.to).not.toBe(first!.email);
});

/** What somebody with all rights over the database could do: change a fact, every hash after it, and the root that is published. */
async function rewriteAll() {
  await fresh.admin(`
    DO $$ DECLARE fact record; before bytea := ''; next bytea; BEGIN
      SET LOCAL session_replication_role = replica;
      FOR fact IN SELECT * FROM events WHERE case_id = '${caseId}' ORDER BY seq LOOP
        next := event_hash(before, fact.id, fact.chain, fact.seq, fact.type, NULL, 'system', fact.at, fact.data);
        UPDATE events SET actor_id = NULL, actor_role = 'system', previous = before, hash = next WHERE events.id = fact.id;
        before := next;
      END LOOP;
    END $$`);
  const heads = await fresh.admin<{ chain: string; seq: number; hash: string }>(
    `SELECT DISTINCT ON (chain) chain, seq::float8 AS seq, encode(hash, 'hex') AS hash FROM events WHERE at < '2026-11-20T19:00:00Z' ORDER BY chain, seq DESC`,
  );
  const tree = treeOf(heads.map(leafOf));
  const root = rootOf(Buffer.alloc(32), tree);
  await fresh.admin(`DO $$ BEGIN SET LOCAL session_replication_role = replica;
    UPDATE audit_roots SET tree = '\\x${tree.toString('hex')}', root = '\\x${root.toString('hex')}' WHERE day = '2026-11-20'; END $$`);
}
