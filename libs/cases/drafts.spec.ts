import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, DraftsService } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let drafts: DraftsService;
const start = '2026-09-08T05:00:00Z';
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set(start);
  intake = intakeOn(fresh);
  drafts = new DraftsService(fresh.workerDb, fresh.clock);
});
afterAll(() => fresh.drop());

const sweep = async () => {
  await drafts.warnEnding();
  return drafts.destroyDue();
};
const factsOf = async (id: string) =>
  (await fresh.admin<{ type: string }>('SELECT type FROM events WHERE chain = $1 ORDER BY seq', [id])).map(({ type }) => type);
const read = (actor: SignedIn, id: string) => intake.applications.read(actor, id);

/** Everywhere in the database where this id stands. */
async function placesOf(id: string): Promise<string[]> {
  const columns = await fresh.admin<{ place: string; name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS place, column_name AS name FROM information_schema.columns
     JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'keys') AND data_type = 'uuid' ORDER BY 1, 2`,
  );
  const looks = columns.map(
    ({ place, name }) => `SELECT '${place}.${name}' AS found WHERE EXISTS (SELECT FROM ${place} WHERE ${name} = $1)`,
  );
  return (await fresh.admin<{ found: string }>(looks.join(' UNION ALL '), [id])).map(({ found }) => found).toSorted();
}

it('ends thirty days after its last page, its author told three days before, and nothing of it is left', async () => {
  const { id, a } = await intake.draft();
  fresh.clock.advance({ days: 5 });
  await intake.applications.save(a, id, { flags: { violence: true }, title: 'Қоршау' });
  const [{ due }] = (await fresh.admin(`SELECT due_at AS due FROM deadlines WHERE case_id = $1`, [id])) as [{ due: Date }];
  expect(due).toEqual(new Date('2026-10-13T18:59:59Z'));
  expect(await placesOf(id)).toEqual(
    expect.arrayContaining(['keys.data_keys.scope_id', 'public.applications.case_id', 'public.safety_answers.case_id']),
  );

  fresh.clock.set('2026-10-10T18:59:00Z');
  expect(await sweep()).toBe(0);
  expect(await factsOf(id)).toEqual(['case.drafted']);
  fresh.clock.set('2026-10-10T19:00:01Z');
  await Promise.all([drafts.warnEnding(), drafts.warnEnding()]);
  expect(await sweep()).toBe(0);
  const told = await fresh.admin(`SELECT data FROM events WHERE case_id = $1 AND type = 'case.draft_ending'`, [id]);
  expect(told).toEqual([{ data: { personId: a.id, dueAt: due.toISOString() } }]);

  fresh.clock.set(due);
  expect(await sweep()).toBe(0);
  fresh.clock.set('2026-10-13T19:00:00Z');
  expect((await Promise.all([drafts.destroyDue(), drafts.destroyDue(), drafts.destroyDue()])).toSorted()).toEqual([0, 0, 1]);
  expect(await placesOf(id)).toEqual([
    'public.chain_heads.chain',
    'public.events.case_id',
    'public.events.chain',
    'public.shred_ledger.scope_id',
  ]);
  expect(await factsOf(id)).toEqual(['case.drafted', 'case.draft_ending', 'case.draft_destroyed']);
  await expect(read(a, id)).rejects.toMatchObject({ code: 'not_found' });
});

it('begins anew with every page, also after the warning', async () => {
  const { id, a } = await intake.draft();
  fresh.clock.advance({ days: 29 });
  await sweep();
  await intake.applications.save(a, id, { title: 'Басқа' });
  fresh.clock.advance({ days: 20 });
  expect(await sweep()).toBe(0);
  expect((await read(a, id)).answers.title).toBe('Басқа');
  fresh.clock.advance({ days: 10 });
  await sweep();
  expect((await factsOf(id)).filter((type) => type === 'case.draft_ending')).toHaveLength(2);
});

it('warns first where nobody could be warned, and waits as long as after any warning', async () => {
  const { id } = await intake.draft();
  fresh.clock.advance({ days: 60 });
  await sweep();
  expect(await factsOf(id)).toEqual(['case.drafted', 'case.draft_ending']);
  fresh.clock.advance({ days: 2 });
  expect(await placesOf(id)).toContain('public.cases.id');
  await sweep();
  fresh.clock.advance({ days: 2 });
  await sweep();
  expect(await placesOf(id)).not.toContain('public.cases.id');
});

it('ends at the desk, too, whose operator had looked at it', async () => {
  const operator = await intake.person('coordinator');
  const { id } = await intake.draft({ as: operator });
  await intake.cases.read(operator, id);
  for (const days of [30, 4]) {
    fresh.clock.advance({ days });
    await sweep();
  }
  expect(await placesOf(id)).not.toContain('public.cases.id');
});

it('touches nothing that was sent, came back or is not over, and obeys nobody but the clock', async () => {
  const [sent, returned, draft] = [await intake.filed(), await intake.filed(), await intake.draft()];
  await intake.screening.decide(await intake.person('coordinator'), returned.id, { decision: 'return', notes: 'Мекенжай жетпейді' });
  const destroy = (id: string) =>
    fresh.workerDb.transaction({ id: null, role: 'system' }, (tx) =>
      tx.query('SELECT destroy_draft($1, $2) AS gone', [id, fresh.clock.now()]),
    );
  for (const { id } of [sent, returned, draft]) expect(await destroy(id)).toEqual([{ gone: false }]);
  fresh.clock.advance({ days: 90 });
  await sweep();
  fresh.clock.advance({ days: 4 });
  await sweep();
  expect([await intake.stateOf(sent.id), await intake.stateOf(returned.id)]).toEqual(['SUBMITTED', 'RETURNED']);
  const asApp = fresh.db.transaction(draft.a, (tx) => tx.query('SELECT destroy_draft($1, $2)', [sent.id, fresh.clock.now()]));
  await expect(asApp).rejects.toThrow('permission denied');
});
