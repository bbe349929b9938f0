import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { OpenedMetadata, OpenMetadata, type SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { Planner } from '#notifications';
import { LooksService, OpeningsService } from '#safekeeping';
import { disputesIn } from '../../test/support/disputes.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let openings: OpeningsService;
let arranged: ReturnType<typeof disputesIn>;
let [caseId, number] = ['', ''];
let [ana, boris, admin, another]: SignedIn[] = [];
const ground = 'Тарап хабар алмадым деп жүгінді, мерзімін тексеру керек.';

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:20:00Z');
  openings = new OpeningsService(fresh.db, fresh.clock, fresh.keys);
  arranged = disputesIn(fresh);
  const dispute = await arranged.dispute('IN_MEDIATION');
  [caseId, ana, boris, number] = [dispute.id, dispute.a, dispute.b, 'M-2026-0077'];
  await fresh.admin(`UPDATE parties SET joined_at = '2026-11-01' WHERE case_id = $1 AND side = 'B'`, [caseId]);
  await fresh.admin('UPDATE cases SET number = $2 WHERE id = $1', [caseId, number]);
  [admin, another] = [await arranged.person('administrator'), await arranged.person('administrator')];
});
afterAll(() => fresh.drop());

const open = (who: SignedIn, sought = 'm-2026-77') => openings.open(who, OpenMetadata.parse({ number: sought, ground, minutes: 15 }));

it('shows states and days, no name and no word, to who opened it and while it lasts', async () => {
  const { id } = await open(admin!);
  const shown = await openings.read(admin!, id);
  expect(OpenedMetadata.strict().parse(shown)).toMatchObject({ number, state: 'IN_MEDIATION', hasMediator: true, undelivered: false });
  expect(shown.facts.at(-1)).toMatchObject({ type: 'case.metadata_opened' });
  const names = await fresh.admin<{ surname: string }>('SELECT surname FROM persons');
  for (const { surname } of names) expect(JSON.stringify(shown)).not.toContain(surname);
  await expect(openings.read(another!, id)).rejects.toMatchObject({ code: 'not_found' });
  fresh.clock.set('2026-11-23T06:35:00Z');
  await expect(openings.read(admin!, id)).rejects.toMatchObject({ code: 'not_found' });
});

it('ends when its maker ends it, and by nobody else', async () => {
  const { id } = await open(admin!);
  await expect(openings.end(another!, id)).rejects.toMatchObject({ code: 'not_found' });
  await openings.end(admin!, id);
  await expect(openings.read(admin!, id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await openings.list(another!)).map((one) => [one.own, one.open, one.ground])).toEqual([
    [false, false, ground],
    [false, false, ground],
  ]);
});

it('is a fact of the case, and both parties hear of it and read why', async () => {
  const facts = await fresh.admin<{ id: string; actor: string }>(
    `SELECT id, actor_id AS actor FROM events WHERE case_id = $1 AND type = 'case.metadata_opened' ORDER BY seq`,
    [caseId],
  );
  expect(facts.map(({ actor }) => actor)).toEqual([admin!.id, admin!.id]);
  await new Planner(fresh.workerDb, fresh.clock).plan([facts[0]!.id]);
  const told = await fresh.admin<{ who: string; channel: string; legal: boolean }>(
    'SELECT recipient_id AS who, channel, legal FROM notifications WHERE source_id = $1 ORDER BY channel, recipient_id',
    [facts[0]!.id],
  );
  const both = [ana!.id, boris!.id].toSorted();
  expect(told).toEqual(['email', 'in_app'].flatMap((channel) => both.map((who) => ({ who, channel, legal: true }))));
  for (const party of [ana!, boris!]) {
    const { looks, openings: whys } = await new LooksService(fresh.db, fresh.keys).list(party, caseId);
    expect(looks).toMatchObject([{ capacity: 'administrator', name: null, what: 'case' }]);
    expect(whys.map((one) => one.ground)).toEqual([ground, ground]);
  }
});

it('opens nothing without a ground, for no other office, not a draft and not in his own dispute: all look alike', async () => {
  expect(() => OpenMetadata.parse({ number, ground: 'керек', minutes: 15 })).toThrow();
  expect(() => OpenMetadata.parse({ number, ground, minutes: 600 })).toThrow();
  const before = await fresh.admin('SELECT count(*) FROM case_openings');
  for (const role of ['coordinator', 'court', 'council', 'citizen', 'mediator'] as const)
    await expect(open(await arranged.person(role))).rejects.toMatchObject({ code: 'not_found' });
  await expect(open(admin!, 'M-2026-9999')).rejects.toMatchObject({ code: 'not_found' });
  await expect(open({ ...ana!, role: 'administrator' })).rejects.toMatchObject({ code: 'not_found' });
  const draft = await arranged.dispute('DRAFT');
  await fresh.admin(`UPDATE cases SET number = 'M-2026-0078' WHERE id = $1`, [draft.id]);
  await expect(open(admin!, 'M-2026-0078')).rejects.toMatchObject({ code: 'not_found' });
  expect(await fresh.admin('SELECT count(*) FROM case_openings')).toEqual(before);
});
