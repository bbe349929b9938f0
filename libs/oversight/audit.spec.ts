import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, AuditExport } from '#contract';
import { AuditRoots, AuditService, verdictOn } from '#oversight';
import { newId } from '#platform';
import { Case } from '#cases';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { leafOf, pathOf, treeFrom, treeOf } from './audit.tree.js';

let fresh: FreshDatabase;
let audit: AuditService;
let roots: AuditRoots;
let [caseId, other] = ['', ''];
const desk: Actor = { id: newId(), role: 'coordinator' };

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  fresh.clock.set('2026-11-20T06:00:00Z');
  audit = new AuditService(fresh.db, fresh.clock);
  roots = new AuditRoots(fresh.workerDb, fresh.clock);
  await fresh.admin(
    `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'К', 'К', 'kk', '\\x01', '2020-01-01')`,
    [desk.id],
  );
  [caseId, other] = [await aCase(), await aCase()];
});
afterAll(() => fresh.drop());

async function aCase(facts = 5) {
  const id = newId();
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on)
     VALUES ($1::uuid, $1::text, 'SUBMITTED', '2026-11-01', 'debt', 'oskemen', 'kk', $2, '2026-11-01', '2026-11-01', '2026-11-01')`,
    [id, desk.id],
  );
  for (let n = 1; n <= facts; n++)
    await fresh.admin(
      `SELECT record_event($1, $2, 'deadline.set', $3, 'coordinator', '2026-11-20T05:00:00.123Z'::timestamptz + $4 * interval '1 minute', $5)`,
      [newId(), id, n % 2 === 0 ? desk.id : null, n, { code: 'ӘҒҚ "x|y"', n, to: null }],
    );
  return id;
}
const taken = async (id = caseId) => AuditExport.parse(JSON.parse(JSON.stringify(await audit.export(desk, id))));

it('holds, checked by another implementation of the hash than the one that made it', async () => {
  expect(verdictOn(await taken())).toEqual({ holds: true, facts: 5, brokenAt: null, root: 'unknown' });
  expect(await audit.check(desk, caseId)).toEqual({ holds: true, facts: 5, brokenAt: null, root: 'unknown', day: null });
});

it.each([1, 3, 5])('finds one flipped byte at fact %i, in whatever stands there', async (seq) => {
  for (const field of ['id', 'type', 'at', 'data', 'hash', 'actorRole'] as const) {
    const made = await taken();
    const fact = made.facts[seq - 1]!;
    const text = fact[field];
    const last = text.at(-1)!;
    fact[field] = text.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) ^ 1);
    expect([field, verdictOn(made)]).toEqual([field, { holds: false, facts: 5, brokenAt: seq, root: 'unknown' }]);
  }
});

it('finds a fact that was taken out, put in or moved', async () => {
  const made = await taken();
  const at = (facts: AuditExport['facts']) => verdictOn({ ...made, facts }).brokenAt;
  const [one, two, three, ...rest] = made.facts as [never, never, never];
  expect([at([one, three, ...rest]), at([one, one, two]), at([two, one, three, ...rest])]).toEqual([2, 2, 1]);
});

describe('with a root', () => {
  let kept = '';
  let before: AuditExport;
  beforeAll(async () => {
    fresh.clock.set('2026-11-20T19:05:00Z');
    expect(await roots.makeDue()).toBe(false); // within the grace after midnight the day before is the 19th, which has no facts
  });

  it('is made once a day by whichever worker comes first, and published to everybody', async () => {
    fresh.clock.set('2026-11-21T06:00:00Z');
    await Promise.all([roots.makeDue(), roots.makeDue(), new AuditRoots(fresh.workerDb, fresh.clock).makeDue()]);
    const list = await audit.roots();
    expect(new Set(list.map(({ day }) => day)).size).toBe(list.length);
    kept = list[0]!.root;
    expect(list[0]).toMatchObject({ day: '2026-11-20', chains: expect.any(Number) as number });
    await expect(fresh.admin('UPDATE audit_roots SET chains = 0')).rejects.toThrow('append-only');
  });

  it('leads an untouched chain to it, also after later facts', async () => {
    expect(verdictOn(await taken(), kept)).toMatchObject({ holds: true, root: 'matches' });
    await fresh.admin(`SELECT record_event($1, $2, 'case.closed', NULL, 'system', '2026-11-21T05:00:00Z', '{}')`, [newId(), other]);
    expect(verdictOn(await taken(other), kept)).toMatchObject({ holds: true, facts: 6, root: 'matches' });
  });

  it('finds a chain that was wholly written anew, though every hash in it fits', async () => {
    before = await taken(other);
    await rewrite(caseId);
    const made = await taken();
    expect(verdictOn(made)).toMatchObject({ holds: true, root: 'differs' });
    expect(verdictOn(made, kept)).toMatchObject({ holds: true, root: 'differs' });
    expect(verdictOn(before, kept)).toMatchObject({ root: 'matches' });
  });

  it('is checked by a command, offline', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kelisim-verify-'));
    const write = (name: string, text: string) => (writeFileSync(join(dir, name), text), join(dir, name));
    const good = before;
    const bad = structuredClone(good);
    bad.facts[2]!.data = bad.facts[2]!.data.replace('3', '4');
    const root = write('root', `${kept}\n`);
    const runs = await Promise.all([
      verify(write('good.json', JSON.stringify(good)), '--root', root),
      verify(write('bad.json', JSON.stringify(bad))),
      verify(write('anew.json', JSON.stringify(await taken())), '--root', root),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 1, 1]);
    expect(runs[0]!.said).toContain('as it was kept');
    expect(runs[1]!.said).toContain('Fact 3 of 6 is not what was recorded');
    expect(runs[2]!.said).toContain('written anew');
    rmSync(dir, { recursive: true });
  });
});

it("is the desk's alone: to others the case is not there", async () => {
  for (const role of ['citizen', 'mediator', 'court', 'council', 'administrator'] as const)
    await expect(audit.export({ id: newId(), role, courtId: 'OSKEMEN_CITY' }, caseId)).rejects.toMatchObject({ code: 'not_found' });
});

it('leads every leaf of a tree of any size to the same root, and no other leaf', () => {
  for (const size of [1, 2, 3, 5, 8, 13]) {
    const leaves = Array.from({ length: size }, (_, at) => leafOf({ chain: String(at), seq: at, hash: '00' }));
    const tree = treeOf(leaves);
    for (const [at, leaf] of leaves.entries()) expect(treeFrom(leaf, pathOf(leaves, at))).toEqual(tree);
    expect(treeFrom(leafOf({ chain: 'x', seq: 1, hash: '00' }), pathOf(leaves, 0))).not.toEqual(tree);
  }
});

/** What somebody with all rights could do: change a fact, and every hash after it. */
async function rewrite(id: string) {
  await fresh.admin(
    `
    DO $$ DECLARE fact record; previous bytea := ''; next bytea; BEGIN
      SET LOCAL session_replication_role = replica;
      FOR fact IN SELECT * FROM events WHERE case_id = '${id}' ORDER BY seq LOOP
        next := event_hash(previous, fact.id, fact.chain, fact.seq, fact.type, NULL, 'system', fact.at, fact.data);
        UPDATE events SET actor_id = NULL, actor_role = 'system', previous = previous, hash = next WHERE events.id = fact.id;
        previous := next;
      END LOOP;
    END $$`.replace('previous = previous', 'previous = events.previous'),
  );
}

const verify = (...args: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, ['dist/apps/launcher/src/audit/verify.main.js', ...args], (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout }),
    );
  });
