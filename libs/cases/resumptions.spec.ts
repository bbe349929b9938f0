import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, ResumptionsService } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { from, type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let resumptions: ResumptionsService;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  intake = intakeOn(fresh);
  resumptions = new ResumptionsService(fresh.db, fresh.keys, intake.people.codes);
});
afterAll(() => fresh.drop());

const absent = expect.objectContaining({ code: 'not_found' });
const enter = (codeId: string, code: string) => intake.people.signIn.byCode({ codeId, code }, from);
async function issued(actor: SignedIn, caseId: string) {
  const { codeId } = await resumptions.issue(actor, caseId, from.network);
  return { codeId, code: (await intake.people.delivered('one_time_codes', codeId))! };
}

it('opens the draft on another device by the link and the code, once', async () => {
  const { id, a } = await intake.draft();
  const { codeId, code } = await issued(a, id);
  const personId = await enter(codeId, code);
  expect(personId).toBe(a.id);
  expect((await intake.applications.read({ id: personId, role: 'citizen' }, id)).answers.title).toBe('Қоршау біздің аулада тұр');
  await expect(enter(codeId, code)).rejects.toMatchObject({ code: 'code.expired' });
});

it('opens nothing by the link alone, by a guess, or after ten minutes', async () => {
  const { id, a } = await intake.draft();
  const { codeId, code } = await issued(a, id);
  const wrong = code === '000000' ? '000001' : '000000';
  await expect(enter(codeId, wrong)).rejects.toMatchObject({ code: 'code.wrong' });
  await expect(enter(newId(), code)).rejects.toMatchObject({ code: 'code.wrong' });
  fresh.clock.advance({ minutes: 11 });
  await expect(enter(codeId, code)).rejects.toMatchObject({ code: 'code.expired' });
});

it('lets a code lead nobody but its holder anywhere: another’s draft stays absent', async () => {
  const [one, two] = [await intake.draft(), await intake.draft()];
  const { codeId, code } = await issued(two.a, two.id);
  const personId = await enter(codeId, code);
  await expect(intake.applications.read({ id: personId, role: 'citizen' }, one.id)).rejects.toEqual(absent);
});

it('is for who applies alone, and while there is something to write', async () => {
  const { id, a } = await intake.draft();
  const sent = await intake.filed();
  for (const stranger of [
    await intake.citizen(),
    await intake.person('coordinator'),
    { ...a, role: 'coordinator' as const },
    { id: null, role: 'visitor' as const },
  ]) {
    await expect(resumptions.issue(stranger, id)).rejects.toEqual(absent);
    await expect(resumptions.issue(stranger, newId())).rejects.toEqual(absent);
  }
  await expect(resumptions.issue(sent.a, sent.id)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
});

it('sends five codes in ten minutes and no more', async () => {
  const { id, a } = await intake.draft();
  for (let at = 0; at < 5; at += 1) await resumptions.issue(a, id);
  await expect(resumptions.issue(a, id)).rejects.toMatchObject({ code: 'too_many_attempts' });
});
