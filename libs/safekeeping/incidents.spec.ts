import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { type Incident, ReportIncident, type SignedIn, TellOfIncident } from '#contract';
import { Mediator } from '#mediators';
import { Planner } from '#notifications';
import { IncidentsService, IncidentsSweep } from '#safekeeping';
import { disputesIn } from '../../test/support/disputes.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let incidents: IncidentsService;
let sweep: IncidentsSweep;
let [admin, another]: SignedIn[] = [];
const story = 'Қызметкердің ноутбугі жоғалды, ішінде екі адамның тізімі болған.';

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-20T13:30:00Z'); // a Friday, 18:30 in Oskemen
  incidents = new IncidentsService(fresh.db, fresh.clock, fresh.keys);
  sweep = new IncidentsSweep(fresh.workerDb, fresh.clock);
  const arranged = disputesIn(fresh);
  [admin, another] = [await arranged.person('administrator'), await arranged.person('administrator')];
});
afterAll(() => fresh.drop());

const report = (more: Partial<ReportIncident> = {}) =>
  incidents.report(
    admin!,
    ReportIncident.parse({ kind: 'loss', personal: true, people: 2, noticedAt: '2026-11-20T10:00:00.000Z', story, ...more }),
  );
const tell = (id: string, more: Partial<TellOfIncident> = {}) =>
  incidents.tell(
    admin!,
    id,
    TellOfIncident.parse({ whom: 'authority', way: 'portal', toldAt: fresh.clock.now().toISOString(), number: '01-17/5', ...more }),
  );
const toldOf = (type: string) =>
  fresh.admin<{ who: string }>(`SELECT DISTINCT n.recipient_id AS who FROM notifications n WHERE n.source_type = $1 AND n.legal`, [type]);
const planAll = async (type: string) => {
  const facts = await fresh.admin<{ id: string }>('SELECT id FROM events WHERE type = $1', [type]);
  await new Planner(fresh.workerDb, fresh.clock).plan(facts.map(({ id }) => id));
  return facts.length;
};
let first: Incident;

it('gives one working day from noticing: over a weekend until the end of Monday', async () => {
  [first] = (await report()) as [Incident];
  expect(first).toMatchObject({ state: 'open', overdue: false, dueAt: '2026-11-23T18:59:59.000Z', story, people: 2, measures: null });
  const stored = await fresh.admin<{ row: string }>('SELECT i::text AS row FROM incidents i');
  expect(stored[0]!.row).not.toContain('ноутбугі');
  await planAll('incident.reported');
  expect(await toldOf('incident.reported')).toEqual([{ who: another!.id }]);
});

it('runs no clock where no data of people are concerned', async () => {
  const all = await report({ kind: 'outage', personal: false, people: null, story: 'Сервер екі сағат жұмыс істемеді, ештеңе жоғалмады.' });
  const outage = all.find(({ kind }) => kind === 'outage')!;
  expect([outage.dueAt, outage.overdue]).toEqual([null, false]);
});

it('raises what nobody told of in time, once, to every administrator, and says so on the page', async () => {
  fresh.clock.set('2026-11-23T18:59:59Z');
  expect(await sweep.raiseOverdue()).toBe(0);
  fresh.clock.set('2026-11-23T19:00:30Z');
  const raised = await Promise.all([
    sweep.raiseOverdue(),
    new IncidentsSweep(fresh.workerDb, fresh.clock).raiseOverdue(),
    sweep.raiseOverdue(),
  ]);
  expect(raised.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await planAll('incident.overdue')).toBe(1);
  expect((await toldOf('incident.overdue')).map(({ who }) => who).toSorted()).toEqual([admin!.id, another!.id].toSorted());
  expect((await incidents.list(another!)).find(({ id }) => id === first.id)).toMatchObject({ overdue: true, state: 'open' });
});

it('ends with what was done, after the authorised body was told, and stays late for ever', async () => {
  await expect(incidents.close(admin!, first.id, { measures: 'Қолжетімділік жабылды, кілттер ауысты.' })).rejects.toMatchObject({
    code: 'incident.not_told',
  });
  await tell(first.id, { whom: 'people', way: 'phone', number: '' });
  await expect(incidents.close(admin!, first.id, { measures: 'Қолжетімділік жабылды, кілттер ауысты.' })).rejects.toMatchObject({
    code: 'incident.not_told',
  });
  fresh.clock.set('2026-11-24T04:00:00Z');
  await tell(first.id);
  const closed = (await incidents.close(another!, first.id, { measures: 'Қолжетімділік жабылды, кілттер ауысты.' })).find(
    ({ id }) => id === first.id,
  )!;
  expect(closed).toMatchObject({ state: 'closed', overdue: true, measures: 'Қолжетімділік жабылды, кілттер ауысты.' });
  expect(closed.tellings.map(({ whom, number }) => [whom, number])).toEqual([
    ['people', null],
    ['authority', '01-17/5'],
  ]);
  await expect(incidents.close(admin!, first.id, { measures: 'Қолжетімділік жабылды, кілттер ауысты.' })).rejects.toMatchObject({
    code: 'case.already_decided',
  });
});

it('takes no day that has not come, none before the noticing, and is nobody else’s', async () => {
  await expect(report({ noticedAt: '2026-11-25T10:00:00.000Z' })).rejects.toMatchObject({
    details: { fields: { noticedAt: 'date_future' } },
  });
  await expect(tell(first.id, { toldAt: '2026-11-19T10:00:00.000Z' })).rejects.toMatchObject({ details: { fields: { toldAt: 'past' } } });
  for (const role of ['coordinator', 'court', 'council', 'citizen', 'mediator'] as const)
    await expect(incidents.list({ id: admin!.id, role })).rejects.toMatchObject({ code: 'not_found' });
  await expect(fresh.admin('DELETE FROM incident_tellings')).rejects.toThrow('append-only');
});
