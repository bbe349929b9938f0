import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { NoteHouseEvent, type SignedIn } from '#contract';
import { HouseEventsService } from '#council';
import { Mediator } from '#mediators';
import { ReportClosing } from '#oversight';
import { newId } from '#platform';
import { disputesIn } from '../../test/support/disputes.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let events: HouseEventsService;
let [desk, member]: SignedIn[] = [];

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-20T06:00:00Z');
  events = new HouseEventsService(fresh.db, fresh.clock);
  const arranged = disputesIn(fresh);
  [desk, member] = [await arranged.person('coordinator'), await arranged.person('council')];
  const { id } = await arranged.dispute('SUBMITTED');
  await fresh.admin(`SELECT record_event($1, $2, 'case.submitted', NULL, 'citizen', '2026-08-02T06:00:00Z', '{"action":"submit"}')`, [
    newId(),
    id,
  ]);
});
afterAll(() => fresh.drop());

const note = (heldOn: string, people: number, kind = 'training') =>
  events.note(desk!, NoteHouseEvent.parse({ kind, title: 'Медиаторларды оқыту', heldOn, people }));

it('adds up events and people by kind and month, hides none of them, and adds months up', async () => {
  await note('2026-08-05', 3, 'mediation_day');
  await note('2026-08-31', 40);
  await note('2026-09-01', 7);
  fresh.clock.set('2026-10-01T06:00:00Z');
  await new ReportClosing(fresh.workerDb, fresh.clock).closeDue();
  const cells = await fresh.admin<{ cell: string }>(
    `SELECT concat_ws(' ', period, line, value, n, shown) AS cell FROM report_cells
     WHERE line IN ('events', 'people_reached') AND period IN ('2026-08', '2026-T09') ORDER BY 1`,
  );
  expect(cells.map(({ cell }) => cell)).toEqual([
    '2026-08 events all 2 t',
    '2026-08 events mediation_day 1 t',
    '2026-08 events training 1 t',
    '2026-08 people_reached all 43 t',
    '2026-08 people_reached mediation_day 3 t',
    '2026-08 people_reached training 40 t',
    '2026-T09 events all 3 t',
    '2026-T09 events mediation_day 1 t',
    '2026-T09 events training 2 t',
    '2026-T09 people_reached all 50 t',
    '2026-T09 people_reached mediation_day 3 t',
    '2026-T09 people_reached training 47 t',
  ]);
});

it('is written by the desk, of days that have come, read by the council, and by nobody else', async () => {
  await expect(note('2026-10-02', 1)).rejects.toMatchObject({ details: { fields: { heldOn: 'date_future' } } });
  expect((await events.list(member!)).map(({ heldOn }) => heldOn)).toEqual(['2026-09-01', '2026-08-31', '2026-08-05']);
  await expect(events.note(member!, { kind: 'other', title: 'xxx', heldOn: '2026-09-01', people: 1 })).rejects.toMatchObject({
    code: 'not_found',
  });
  for (const role of ['citizen', 'mediator', 'court'] as const)
    await expect(events.list({ ...member!, role, courtId: 'ULAN' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(fresh.admin('UPDATE house_events SET people = 1')).rejects.toThrow('append-only');
});
