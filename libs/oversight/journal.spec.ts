import { afterAll, beforeAll, expect, it } from 'vitest';
import { ReferenceService } from '#cases';
import type { Actor } from '#contract';
import { JournalService } from '#oversight';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';

let fresh: FreshDatabase;
let journal: JournalService;
let first: Mediation;
let second: Mediation;

beforeAll(async () => {
  fresh = await freshDatabase();
  journal = new JournalService(fresh.db, new ReferenceService(fresh.db));
  first = await arrangeMediation(fresh);
  second = await arrangeMediation(fresh, { mediator: first.mediator });
  await meet(first.caseId, '[2026-09-10T05:00:00Z,2026-09-10T06:00:00Z)', { outcome: 'held', seconds: 2710 });
  await meet(first.caseId, '[2026-09-12T05:00:00Z,2026-09-12T06:00:00Z)', { outcome: 'missed' });
  await meet(first.caseId, '[2026-09-14T05:00:00Z,2026-09-14T06:00:00Z)', { cancelled: true });
  await meet(first.caseId, '[2026-09-16T05:00:00Z,2026-09-16T06:00:00Z)');
});
afterAll(() => fresh.drop());

it('has a line for each session, and one for a case without any', async () => {
  const [head, ...lines] = await read(first.mediator);
  expect(head).toHaveLength(9);
  expect(lines.filter(([number]) => number === numberOf(first)).map((line) => line.slice(5))).toEqual([
    ['10 September 2026', '10:00', '45', 'held'],
    ['12 September 2026', '10:00', '', 'did not take place'],
    ['14 September 2026', '10:00', '', 'called off'],
    ['16 September 2026', '10:00', '', 'planned'],
  ]);
  expect(lines.filter(([number]) => number === numberOf(second)).map((line) => line.slice(5))).toEqual([['', '', '', '']]);
  expect(lines).toHaveLength(5);
});

it('names nobody', async () => {
  const text = (await read(first.mediator)).flat().join(' ');
  for (const name of ['Асанова', 'Борисова', 'Айгүл', 'Медетова']) expect(text).not.toContain(name);
});

it('is in the language that was asked for', async () => {
  const [kk, ru] = [await read(first.mediator, 'kk'), await read(first.mediator, 'ru')];
  expect([kk[0]![0], ru[0]![0]]).toEqual(['Іс нөмірі', 'Номер дела']);
});

it('holds nothing of the cases of others, and is for mediators alone', async () => {
  expect(await read(first.other)).toHaveLength(1);
  for (const actor of [first.a, first.coordinator, { id: first.mediator.id, role: 'citizen' }, { id: null, role: 'visitor' }] as Actor[])
    await expect(journal.export(actor, { language: 'en' })).rejects.toMatchObject({ code: 'not_found' });
});

it('holds a case no more once it is another mediator’s', async () => {
  await fresh.admin('UPDATE cases SET mediator_id = $2 WHERE id = $1', [second.caseId, second.other.id]);
  expect((await read(first.mediator)).map(([number]) => number)).not.toContain(numberOf(second));
  expect((await read(second.other)).map(([number]) => number)).toContain(numberOf(second));
});

const numberOf = ({ caseId }: Mediation) => `26-${caseId.slice(-12)}`;

async function read(actor: Actor, language: 'kk' | 'ru' | 'en' = 'en') {
  const { bytes } = await journal.export(actor, { language });
  const text = new TextDecoder().decode(bytes).trim();
  return text.split('\r\n').map((line) => line.replaceAll('\u00A0', ' ').split(','));
}

type Course = { outcome?: 'held' | 'missed'; seconds?: number; cancelled?: boolean };
async function meet(caseId: string, during: string, { outcome, seconds = 0, cancelled = false }: Course = {}) {
  const id = newId();
  const at = '2026-09-08T05:00:00Z';
  await fresh.admin(`INSERT INTO meetings (id, case_id, mode, during, booked_at, cancelled_at) VALUES ($1, $2, 'online', $3, $4, $5)`, [
    id,
    caseId,
    during,
    at,
    cancelled ? at : null,
  ]);
  if (!outcome) return;
  await fresh.admin(
    `INSERT INTO meeting_courses (meeting_id, case_id, started_at, ran_seconds, ended_at, outcome) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, caseId, outcome === 'held' ? at : null, seconds, at, outcome],
  );
}
