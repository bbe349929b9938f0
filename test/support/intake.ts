import {
  ApplicationService,
  CaseEffects,
  CasesService,
  EndingsService,
  FilingService,
  InvitationAnswersService,
  InvitationsService,
  SafetyService,
  ScreeningService,
  toCaseView,
} from '#cases';
import { type AnswerInvitation, type CaseState, dataConsent, type SaveAnswers, type SignedIn } from '#contract';
import { newId } from '#platform';
import type { FreshDatabase } from './database.js';
import { disputesIn } from './disputes.js';
import { peopleOn } from './people.js';

export type Intake = ReturnType<typeof intakeOn>;
export const from = { network: '192.0.2.1' };
export const summary = 'Екі үйдің арасындағы қоршау туралы дау.';
/** A right number that belongs to nobody. */
export const ownIin = '660319499006';
let phones = 0;

/** The whole intake by hand: people who file, a desk that decides, and the code that the worker would have sent. */
export function intakeOn(fresh: FreshDatabase) {
  const { db, clock, keys, hashes, workerDb, workerKeys } = fresh;
  const people = peopleOn(fresh);
  const arranged = disputesIn(fresh);
  const effects = new CaseEffects();
  const applications = new ApplicationService(db, clock, keys);
  const filing = new FilingService(db, clock, keys, hashes, effects);
  const invitations = new InvitationsService(db, clock, keys, hashes, people.throttle, people.codes, effects);
  const invitationAnswers = new InvitationAnswersService(db, clock, keys, people.codes, people.people, effects);
  const screening = new ScreeningService(db, clock, keys, invitations, effects);
  const endings = new EndingsService(db, clock, keys, effects);
  const cases = new CasesService(db, clock, keys);
  const safety = new SafetyService(db, clock, keys);

  /** Somebody with an account who has agreed to the processing of his data. */
  async function citizen(surname?: string): Promise<SignedIn> {
    const actor = await arranged.person('citizen', surname);
    await fresh.admin('INSERT INTO consents (person_id, document, version, given_at) VALUES ($1, $2, $3, $4)', [
      actor.id,
      dataConsent.document,
      dataConsent.version,
      clock.now(),
    ]);
    return actor;
  }

  /** Every question answered; the other side can be reached by a telephone of its own. */
  const complete = (changes: SaveAnswers = {}): SaveAnswers => ({
    category: 'neighbours',
    subcategory: 'fence',
    district: 'ulan',
    title: 'Қоршау біздің аулада тұр',
    claimText: 'Қоршау қырық сантиметр біздің жаққа кіріп тұр.',
    desiredOutcome: 'Қоршауды орнына қойсын.',
    amountKzt: 180_000,
    own: { kind: 'person', iin: ownIin },
    other: { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: `8 700 ${String(1_000_000 + ++phones)}`, language: 'ru' },
    ...changes,
  });

  async function draft({ as, answers = complete() }: { as?: SignedIn; answers?: SaveAnswers } = {}) {
    const a = as ?? (await citizen());
    const id = newId();
    await applications.open(a, { id, language: 'kk', answers });
    return { id, a };
  }
  async function filed(options: Parameters<typeof draft>[0] = {}) {
    const opened = await draft(options);
    await filing.file(opened.a, opened.id, 'submit');
    return opened;
  }
  async function invited(options: Parameters<typeof draft>[0] & { desk?: SignedIn } = {}) {
    const opened = await filed(options);
    const desk = options.desk ?? (await arranged.person('coordinator'));
    await screening.decide(desk, opened.id, { decision: 'allow', summary });
    const { id: invitationId } = await invitations.open(await codeOf(opened.id), from);
    return { ...opened, desk, invitationId };
  }

  /** The code of the last round, read as the worker that sends it reads it. */
  const codeOf = (caseId: string): Promise<string> =>
    workerDb.transaction({ id: null, role: 'system' }, async (tx) => {
      const [row] = (await tx.query('SELECT party_id, code_sealed FROM invitations WHERE case_id = $1 ORDER BY round DESC LIMIT 1', [
        caseId,
      ])) as {
        party_id: string;
        code_sealed: Buffer;
      }[];
      return workerKeys.open(tx, { scope: 'party', id: row!.party_id }, row!.code_sealed, 'invitation');
    });

  /** Every open invitation of the case: the code and the party it went to. */
  const codesOf = (caseId: string) =>
    workerDb.transaction({ id: null, role: 'system' }, async (tx) => {
      const rows = (await tx.query(
        `SELECT i.party_id, i.code_sealed, p.side, p.ordinal FROM invitations i JOIN parties p ON p.id = i.party_id
         WHERE i.case_id = $1 AND i.code_sealed IS NOT NULL AND i.revoked_at IS NULL ORDER BY p.side, p.ordinal`,
        [caseId],
      )) as { party_id: string; code_sealed: Buffer; side: string; ordinal: number }[];
      const codes = rows.map(async ({ party_id: id, code_sealed: sealed, side, ordinal }) => ({
        party: `${side}${ordinal}`,
        code: await workerKeys.open(tx, { scope: 'party', id }, sealed, 'invitation'),
      }));
      return new Map((await Promise.all(codes)).map(({ party, code }) => [party, code]));
    });

  /** A one-time code to the invited contact, and the answer that carries it. */
  async function consentTo(invitationId: string, changes: Partial<Extract<AnswerInvitation, { answer: 'consent' }>> = {}) {
    const names = { surname: 'Дорофеев', given: 'Геннадий', patronymic: 'Павлович' };
    const consent = { version: dataConsent.version };
    return { answer: 'consent' as const, ...(await oneTimeCode(invitationId)), ...names, language: 'ru' as const, consent, ...changes };
  }
  async function oneTimeCode(invitationId: string) {
    const { codeId } = await invitations.sendCode(invitationId, {}, from);
    return { codeId, code: (await people.delivered('one_time_codes', codeId)) ?? '' };
  }
  async function joined(options: Parameters<typeof invited>[0] = {}) {
    const opened = await invited(options);
    const { personId } = await invitationAnswers.consent(opened.invitationId, await consentTo(opened.invitationId), from);
    return { ...opened, b: { id: personId!, role: 'citizen' } as SignedIn };
  }

  const viewOf = async (actor: SignedIn, caseId: string) => toCaseView(await cases.read(actor, caseId), actor);
  const put = (caseId: string, state: CaseState) => fresh.admin('UPDATE cases SET state = $2 WHERE id = $1', [caseId, state]);

  return {
    ...arranged,
    people,
    effects,
    applications,
    filing,
    invitations,
    invitationAnswers,
    screening,
    endings,
    cases,
    safety,
    citizen,
    complete,
    draft,
    filed,
    invited,
    joined,
    codeOf,
    codesOf,
    consentTo,
    oneTimeCode,
    viewOf,
    put,
  };
}
