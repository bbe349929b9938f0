import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let desk: SignedIn;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-07T06:00:00Z');
  intake = intakeOn(fresh);
  desk = await intake.person('coordinator');
});
afterAll(() => fresh.drop());

const marks = async (id: string) => (await fresh.admin('SELECT safe_process, shuttle FROM cases WHERE id = $1', [id]))[0];
const careful = { safe_process: true, shuttle: 'required' };
const appointed = async (id: string) => {
  const mediator = await intake.mediator();
  await fresh.admin(`UPDATE cases SET state = 'MEDIATOR_ACCEPTED', mediator_id = $2 WHERE id = $1`, [id, mediator.id]);
  return mediator;
};

it('keeps the applicant’s answer apart, gives it back to no screen, and shows the desk one boolean', async () => {
  const { id, a } = await intake.filed({ answers: intake.complete({ flags: { violence: true, stateBody: false } }) });
  const kept = await intake.applications.read(a, id);
  expect(kept.safetyAnswered).toBe(true);
  expect(kept.answers.flags).toEqual({ stateBody: false });
  expect(JSON.stringify(await intake.viewOf(a, id))).not.toMatch(/violence|VIOLENCE|safe/i);
  expect((await intake.viewOf(desk, id)).desk).toMatchObject({ needsSafeProcess: true, reasons: ['VIOLENCE'] });
  expect(await marks(id)).toEqual(careful);
  const [{ line }] = (await fresh.admin<{ line: string }>('SELECT s::text AS line FROM safety_answers s WHERE case_id = $1', [id])) as [
    { line: string },
  ];
  expect(line).not.toMatch(/"safe"|no"/);
});

it('lets the applicant think better of it until the application is sent', async () => {
  const { id, a } = await intake.draft({ answers: intake.complete({ flags: { violence: true } }) });
  await intake.applications.save(a, id, { flags: { violence: false } });
  await intake.filing.file(a, id, 'submit');
  expect(await marks(id)).toEqual({ safe_process: false, shuttle: null });
});

it('asks the other side as well, and one who is not sure is not safe', async () => {
  const { id, a, b } = await intake.joined();
  expect(await marks(id)).toEqual({ safe_process: false, shuttle: null });
  const before = await intake.viewOf(a, id);
  await intake.safety.answer(b, id, { safe: 'unsure', words: 'қорқамын' });
  expect(await marks(id)).toEqual(careful);
  await intake.safety.answer(a, id, { safe: 'yes' }); // nobody else's answer takes it back
  expect(await marks(id)).toEqual(careful);
  expect(await intake.viewOf(a, id)).toEqual(before);
  expect(await intake.eventsOf(id)).not.toContain(expect.stringContaining('safety'));
});

it('is read by the accepted mediator alone', async () => {
  const { id, a, b } = await intake.joined();
  await intake.safety.answer(b, id, { safe: 'no', words: 'қорғау нұсқамасы бар' });
  const mediator = await appointed(id);
  expect(await intake.safety.read(mediator, id)).toEqual([
    { side: 'B', safe: 'no', words: 'қорғау нұсқамасы бар', at: '2026-09-07T06:00:00.000Z' },
  ]);
  for (const stranger of [a, b, desk, await intake.mediator(), await intake.citizen(), await intake.person('administrator')])
    await expect(intake.safety.read(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  for (const stranger of [desk, await intake.citizen(), mediator])
    await expect(intake.safety.answer(stranger, id, { safe: 'yes' })).rejects.toMatchObject({ code: 'not_found' });
});
