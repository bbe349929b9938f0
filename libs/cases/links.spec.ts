import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, LinksService } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { from, type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let links: LinksService;
let desk: SignedIn;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  links = new LinksService(fresh.db, fresh.clock);
  desk = await intake.person('coordinator');
});
afterAll(() => fresh.drop());

const absent = expect.objectContaining({ code: 'not_found' });
const other = (phone: string) => ({ kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone, language: 'ru' }) as const;
const filed = (iin: string, phone: string, as?: SignedIn) =>
  intake.filed({ answers: intake.complete({ own: { kind: 'person', iin }, other: other(phone) }), ...(as ? { as } : {}) });
const alike = async (id: string) => (await links.similar(desk, id)).map((row) => [row.caseId, row.alike, row.linked]);

it('offers cases with the same people, the same contacts or the same case of a court, and no others', async () => {
  const first = await filed('660319499006', '+77001112201');
  const again = await filed('660319499006', '+77001112201'); // the same dispute, by another account
  const samePhone = await filed('751013399008', '+77001112201');
  const stranger = await filed('800520399003', '+77001112203');
  expect(await alike(first.id)).toEqual([
    [again.id, ['contacts', 'people'], false],
    [samePhone.id, ['contacts'], false],
  ]);
  expect(await alike(stranger.id)).toEqual([]);
  await fresh.admin(`UPDATE cases SET court_id = 'OSKEMEN_CITY', court_case_number = '6310-26-00-2/77' WHERE id = ANY ($1)`, [
    [first.id, stranger.id],
  ]);
  expect(await alike(stranger.id)).toEqual([[first.id, ['court'], false]]);
});

it('never offers a draft, nor a dispute of the coordinator himself', async () => {
  const { id } = await filed('660319499006', '+77001112211');
  await intake.draft({ answers: intake.complete({ other: other('+77001112211') }) });
  const givenUp = await intake.draft({ answers: intake.complete({ other: other('+77001112211') }) });
  await intake.endings.withdraw(givenUp.a, givenUp.id);
  const own = { ...(await intake.citizen()), role: 'citizen' as const };
  const ownCase = await filed('751013399008', '+77001112211', own);
  expect((await links.similar({ ...own, role: 'coordinator' }, id)).map(({ caseId }) => caseId)).not.toContain(ownCase.id);
  expect((await links.similar(desk, id)).map(({ caseId }) => caseId)).toContain(ownCase.id);
  const office = await intake.person('coordinator');
  const named = await intake.filed({ answers: intake.complete({ other: { ...other('+77001112211'), email: `${office.id}@example.kz` } }) });
  expect((await links.similar(office, id)).map(({ caseId }) => caseId)).not.toContain(named.id);
  expect((await links.similar(desk, id)).map(({ caseId }) => caseId)).toContain(named.id);
  const listed = (await intake.cases.list(desk, { limit: 100 })).rows.map((row) => row.id);
  expect(listed).toContain(id);
  expect(listed).not.toContain(givenUp.id); // a draft that was given up was never filed
  expect((await links.similar(desk, id)).map(({ caseId }) => caseId)).not.toContain(givenUp.id);
});

it('links and takes the link away, once each, as facts of both cases that no party reads', async () => {
  const [one, two] = [await filed('660319499006', '+77001112221'), await filed('751013399008', '+77001112222')];
  const link = (linked: boolean) => links.link(desk, one.id, { caseId: two.id, linked });
  await Promise.all([link(true), link(true), links.link(desk, two.id, { caseId: one.id, linked: true })]);
  expect((await alike(two.id)).find(([id]) => id === one.id)).toEqual([one.id, [], true]);
  await link(false);
  await link(false);
  expect((await alike(one.id)).find(([id]) => id === two.id)).toBeUndefined();
  for (const { id, a } of [one, two]) {
    expect((await intake.eventsOf(id)).filter((type) => type.includes('link'))).toEqual(['case.linked', 'case.unlinked']);
    expect((await intake.cases.timeline(a, id)).filter(({ type }) => type.includes('link'))).toEqual([]);
    expect((await intake.cases.timeline(desk, id)).filter(({ type }) => type.includes('link'))).toHaveLength(2);
  }
  for (const stranger of [one.a, two.a, await intake.mediator(), await intake.person('administrator')]) {
    await expect(links.similar(stranger, one.id)).rejects.toEqual(absent);
    await expect(links.link(stranger, one.id, { caseId: two.id, linked: true })).rejects.toEqual(absent);
  }
  await expect(links.link(desk, one.id, { caseId: newId(), linked: true })).rejects.toEqual(absent);
  await expect(links.link(desk, one.id, { caseId: one.id, linked: true })).rejects.toMatchObject({ code: 'invalid' });
});

it('leaves nobody’s code alive when one of several invited parties declines', async () => {
  const { id } = await intake.invited({ answers: intake.complete({ otherMore: [other('+77001112232')] }) });
  const codes = await intake.codesOf(id);
  const open = async (party: string) => (await intake.invitations.open(codes.get(party)!, from)).id;
  const [first, second] = [await open('B1'), await open('B2')];
  await intake.invitationAnswers.decline(first, { answer: 'decline', ...(await intake.oneTimeCode(first)) }, from);
  expect(
    await fresh.admin('SELECT answer, revoked_at IS NOT NULL AS revoked, code_sealed FROM invitations WHERE case_id = $1 ORDER BY answer', [
      id,
    ]),
  ).toEqual([
    { answer: 'decline', revoked: false, code_sealed: null },
    { answer: null, revoked: true, code_sealed: null },
  ]);
  await expect(open('B2')).rejects.toMatchObject({ code: 'invitation.unusable' });
  await expect(intake.oneTimeCode(second)).rejects.toMatchObject({ code: 'invitation.unusable' });
});
