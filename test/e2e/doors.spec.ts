import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvitationsService } from '#cases';
import { type ApplicationView, type CaseView, type CodeSent, type CourtRow, dataConsent, type SignedIn } from '#contract';
import { Database, KeyedHash, Keys, newId } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { codeSent } from '../support/codes.js';
import { disputesIn } from '../support/disputes.js';
import { signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let arranged: ReturnType<typeof disputesIn>;
let sealed: Parameters<typeof codeSent>[0];
let operator: SignedIn;
let clerk: SignedIn;
let [desk, court]: Visitor[] = [];

beforeAll(async () => {
  cabinet = await startCabinet({ at: '2026-09-22T05:00:00Z', worker: false });
  const { admin, api, now } = cabinet;
  sealed = { admin: admin as never, db: api.get(Database), keys: api.get(Keys) };
  arranged = disputesIn({ ...(sealed as never as Parameters<typeof disputesIn>[0]), hashes: api.get(KeyedHash), clock: { now } });
  operator = await arranged.person('coordinator');
  clerk = { ...(await arranged.person('court')), courtId: 'OSKEMEN_CITY' };
  [desk, court] = [await signedIn(cabinet, operator), await signedIn(cabinet, clerk)];
});
afterAll(() => cabinet.stop());

const own = { kind: 'person', surname: 'Каримбаева', given: 'Роза', iin: '660319499006', phone: '87010000007' };
const answers = {
  category: 'debt',
  district: 'oskemen',
  title: 'Жылу қарызы',
  claimText: 'Жылу үшін қарыз жиналды',
  desiredOutcome: 'Бөліп төлейін',
  own,
  other: { kind: 'organisation', organisation: 'ТОО «Жылу»', email: 'zhylu@example.kz' },
};
const consent = { version: dataConsent.version };
const draft = async (by = desk!) => (await by.post<ApplicationView>('/cases', { language: 'kk', answers })).body.caseId;
async function code(caseId: string, asked: object = {}) {
  const { body } = await desk!.post<CodeSent>(`/cases/${caseId}/filing-codes`, asked);
  return { codeId: body.codeId, code: await codeSent(sealed, body.codeId) };
}
const confirm = (caseId: string, shown: object) => desk!.put<CaseView>(`/cases/${caseId}/filing`, { ...shown, consent });

describe('at the desk', () => {
  it('the operator writes, the citizen confirms by a code, and the log names both', async () => {
    const id = await draft();
    const filed = await confirm(id, await code(id));
    expect(filed.body).toMatchObject({ state: 'SUBMITTED', viewerIs: 'coordinator' });
    const [party] = await cabinet.admin<{ person_id: string }>(`SELECT person_id FROM parties WHERE case_id = $1 AND side = 'A'`, [id]);
    const facts = await cabinet.admin(
      `SELECT type, actor_id, actor_role, data->>'confirmedBy' AS confirmed FROM events WHERE case_id = $1 AND type <> 'case.drafted' ORDER BY seq`,
      [id],
    );
    expect(facts).toEqual([
      { type: 'case.applicant_confirmed', actor_id: party!.person_id, actor_role: 'citizen', confirmed: null },
      { type: 'case.submitted', actor_id: operator.id, actor_role: 'coordinator', confirmed: party!.person_id },
    ]);
    const citizen = await signedIn(cabinet, { id: party!.person_id, role: 'citizen' });
    expect((await citizen.get<CaseView>(`/cases/${id}`)).body).toMatchObject({ viewerIs: 'party_a', claim: { title: 'Жылу қарызы' } });
    expect((await confirm(id, { codeId: newId(), code: '000000' })).status).toBe(200); // pressed twice
  });

  it('asks for the names and a way to reach who has no account yet', async () => {
    const { body } = await desk!.post<ApplicationView>('/cases', {
      language: 'kk',
      answers: { ...answers, own: { kind: 'person', iin: own.iin } },
    });
    expect(body.missing).toEqual({ 'own.surname': 'required', 'own.given': 'required', 'own.phone': 'contact_needed' });
    expect((await desk!.post(`/cases/${body.caseId}/filing-codes`)).body).toMatchObject({ code: 'case.incomplete' });
  });

  it('sends nothing without the right code of this draft and this contact', async () => {
    const [id, other] = [await draft(), await draft()];
    const shown = await code(id);
    expect((await confirm(id, { ...shown, code: shown.code === '111111' ? '222222' : '111111' })).status).toBe(422);
    expect((await confirm(other, shown)).status).toBe(422);
    await desk!.put(`/cases/${id}/application`, { answers: { own: { ...own, phone: '87010000008' } } });
    expect((await confirm(id, shown)).body).toMatchObject({ code: 'code.wrong' });
    expect(await arranged.stateOf(id)).toBe('DRAFT');
  });

  it('writes nobody’s own dispute down: the operator is on neither side of it', async () => {
    const email = `${operator.id}@example.kz`;
    for (const answer of [{ own: { ...own, email, channel: 'email' } }, { other: { kind: 'person', surname: 'Б', given: 'В', email } }]) {
      const { body } = await desk!.post<ApplicationView>('/cases', { language: 'kk', answers: { ...answers, ...answer } });
      const shown = await code(body.caseId, 'own' in answer ? { channel: 'email' } : {});
      expect((await confirm(body.caseId, shown)).body).toMatchObject({ code: 'case.person_on_both_sides' });
      expect(await arranged.stateOf(body.caseId)).toBe('DRAFT');
    }
  });

  it('is nobody else’s draft: not a colleague’s, not the operator’s as a citizen, not another citizen’s', async () => {
    const id = await draft();
    const strangers = [
      await signedIn(cabinet, await arranged.person('coordinator')),
      await signedIn(cabinet, { ...operator, role: 'citizen' }),
      await signedIn(cabinet, await arranged.person('citizen')),
    ];
    for (const stranger of strangers) {
      const tries = [
        await stranger.get(`/cases/${id}`),
        await stranger.get(`/cases/${id}/application`),
        await stranger.post(`/cases/${id}/filing-codes`),
        await stranger.put(`/cases/${id}/filing`, { codeId: newId(), code: '000000', consent }),
        await stranger.post(`/cases/${id}/moves`, { action: 'submit' }),
      ];
      expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    }
    expect((await desk!.post(`/cases/${id}/moves`, { action: 'submit' })).status).toBe(404); // nor past the code
  });
});

describe('from a court', () => {
  const party = (surname: string, phone: string) => ({ kind: 'person', surname, given: 'А', phone, language: 'ru' });
  const referral = (changes: object = {}) => ({
    language: 'ru',
    category: 'civil',
    district: 'shemonaikha',
    caseNumber: '6325-26-00-2a \\ 318',
    rulingOn: '2026-09-21',
    termDays: 30,
    sideA: [party('Жумадилов', '87010000034')],
    sideB: [party('Бурцева', '87010000035')],
    ...changes,
  });
  const refer = (changes: object = {}, by = court!) => by.post<{ caseId: string }>('/court/referrals', referral(changes));

  it('names the case in any spelling, its ruling and term; the desk reads of it, and both sides are asked', async () => {
    const { body, status } = await refer();
    expect(status).toBe(201);
    const seen = (await desk!.get<CaseView>(`/cases/${body.caseId}`)).body;
    expect(seen).toMatchObject({
      state: 'SUBMITTED',
      court: { id: 'OSKEMEN_CITY', caseNumber: '6325-26-00-2а/318' },
      desk: { proposal: 'allow', reasons: ['COURT_CASE_OPEN'], application: null },
    });
    expect(seen.parties.map(({ joined }) => joined)).toEqual([false, false]);
    const [term] = await cabinet.admin(`SELECT due_at FROM deadlines WHERE case_id = $1 AND code = 'COURT_PENDING'`, [body.caseId]);
    expect(term).toEqual({ due_at: new Date('2026-10-21T18:59:59.000Z') });
    await desk!.put(`/cases/${body.caseId}/screening`, { decision: 'allow', summary: 'Зиян туралы дау' });
    const invited = await cabinet.admin<{ id: string }>('SELECT id FROM invitations WHERE case_id = $1 ORDER BY id', [body.caseId]);
    const invitations = cabinet.api.get(InvitationsService);
    const inviters = await Promise.all(invited.map(async ({ id }) => (await invitations.view(id)).inviter));
    expect(inviters).toEqual(['Усть-Каменогорский городской суд', 'Жумадилов А']);
    expect((await court!.get<CourtRow>(`/court/cases/${body.caseId}`)).body).toMatchObject({ state: 'INVITED', nextActor: 'participants' });
  });

  it('is the court’s alone to make, and the clerk reads nothing of it but the row', async () => {
    const { body } = await refer();
    for (const stranger of [
      desk!,
      await signedIn(cabinet, await arranged.person('citizen')),
      await signedIn(cabinet, await arranged.person('administrator')),
    ])
      expect((await refer({}, stranger)).status).toBe(404);
    const asCitizen = await signedIn(cabinet, { id: clerk.id, role: 'citizen' });
    for (const who of [court!, asCitizen])
      expect([(await who.get(`/cases/${body.caseId}`)).status, (await who.get(`/cases/${body.caseId}/application`)).status]).toEqual([
        404, 404,
      ]);
  });

  it('refuses by field what cannot be', async () => {
    const fields = async (changes: object) => ((await refer(changes)).body as unknown as { fields: Record<string, string> }).fields;
    expect(await fields({ caseNumber: 'дело 5', rulingOn: '2026-09-23', category: 'moon' })).toEqual({
      category: 'choose',
      caseNumber: 'court_number',
      rulingOn: 'date_future',
    });
    expect(await fields({ rulingOn: '2026-02-30' })).toEqual({ rulingOn: 'date' });
    expect(await fields({ termDays: 0 })).toHaveProperty('termDays');
    expect(await fields({ sideB: [{ kind: 'person', surname: 'Б' }] })).toEqual({
      'sideB.0.given': 'required',
      'sideB.0.phone': 'way_needed',
    });
    expect((await refer({ sideB: [party('Жумадилов', '87010000034')] })).body).toMatchObject({ code: 'case.person_on_both_sides' });
  });

  it('proposes a look first where the matter is criminal, with separate meetings', async () => {
    const { body } = await refer({ category: 'criminal', caseNumber: '6330-26-00-1/57' });
    expect((await desk!.get<CaseView>(`/cases/${body.caseId}`)).body.desk).toMatchObject({
      proposal: 'manual_review',
      reasons: ['CRIMINAL', 'CATEGORY_REVIEW', 'COURT_CASE_OPEN'],
    });
    expect(await cabinet.admin('SELECT shuttle FROM cases WHERE id = $1', [body.caseId])).toEqual([{ shuttle: 'default' }]);
  });
});
