import { Logger } from '@nestjs/common';
import { authorize } from '#access';
import { dataConsent, type SaveAnswers, type SignedIn } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import {
  answerLabel,
  currentClaim,
  type Database,
  DomainError,
  Gather,
  isAway,
  type KeyedHash,
  type Keys,
  newId,
  sqlState,
  type WrappedKey,
} from '#platform';
import { nameOf } from '#people';
import type { ApplicationRecord } from './application.records.js';
import { missingIn } from './application.rules.js';
import { Case } from './case.entity.js';
import type { CaseFacts, PartyFacts } from './case.facts.js';
import { clockChange } from './case.lifecycle.js';
import { type KnownCase, requireMove } from './case.moves.js';
import { toCaseView } from './case.view.js';
import { numberBegins } from './case-number.js';
import { dueAt } from './deadline.rules.js';
import { clearOf, partiesOf } from './filing.plan.js';
import { type Account, hex, inText, type PartyRecord, rowOf } from './party.records.js';

type House = { keys: Keys; hashes: KeyedHash; statements: FilingStatements };
type Sealed = 'email_sealed' | 'phone_sealed' | 'iin_sealed';
type DraftRow = { case_id: string; person_id: string } & Record<'surname' | 'given' | 'patronymic', string> &
  Record<Sealed, Buffer | null> & {
    language: Case['language'];
    safe_process: boolean;
    created_at: Date;
    answers_sealed: Buffer;
    version: number;
    saved_at: Date;
    safety_answered: boolean;
    account_language: Case['language'];
    has_consented: boolean;
    courts: string[];
    data_keys: WrappedKey[] | null;
  };
type Asked = { person_id: string; case_id: string; keyed: boolean };
/** `key`: the asker's own, held here because a full cache may drop it meanwhile. */
type Draft = { found: Case; application: ApplicationRecord; account: Account; key: NonNullable<ReturnType<Keys['known']>> };

type Filing = Awaited<ReturnType<typeof filingOf>>;

/** The two statements (migration 0077). Who sends at once is carried at once: what comes while one is under way goes into the next. */
export class FilingStatements {
  private readonly logger = new Logger(FilingStatements.name);
  private readonly drafts = new Gather((asked: Asked[]) => this.read(asked), limits);
  private readonly filings = new Gather((filings: Filing[]) => this.write(filings), limits);

  constructor(private readonly db: Database) {}

  /** `keyed`: the keys it is opened and sealed with are at hand. */
  draft({ id }: SignedIn, caseId: string, keyed: boolean): Promise<DraftRow | null> {
    return this.drafts.ask({ person_id: id, case_id: caseId, keyed });
  }

  /** Its number; null where the draft is not what was judged any more. */
  file(filing: Filing): Promise<string | null> {
    return this.filings.ask(filing);
  }

  private async read(asked: Asked[]): Promise<(DraftRow | null)[]> {
    const rows = await this.db.look<DraftRow>('SELECT * FROM drafts_to_file($1, $2)', [JSON.stringify(asked), dataConsent.document]);
    const found = new Map(rows.map((row) => [`${row.person_id} ${row.case_id}`, row]));
    return asked.map((one) => found.get(`${one.person_id} ${one.case_id}`) ?? null);
  }

  /** The same application twice at once: one of them sends it, the other asks again and hears so. */
  private async write(filings: Filing[]): Promise<(string | null)[]> {
    const once = new Map(filings.map((filing) => [filing.one.case_id, filing]));
    const filed = await this.all([...once.values()]);
    const numbers = new Map(filed.map((row) => [row.case_id, row.number]));
    return filings.map((filing) => (once.get(filing.one.case_id) === filing ? (numbers.get(filing.one.case_id) ?? null) : null));
  }

  /** One that the database refuses would take the others with it: then each goes its own way, step by step, and that one alone is refused. */
  private async all(filings: Filing[]): Promise<{ case_id: string; number: string }[]> {
    try {
      const sent = {
        cases: filings.map(({ one }) => one),
        keys: filings.flatMap(({ keys }) => keys),
        parties: filings.flatMap(({ parties }) => parties),
      };
      return await this.db.look('SELECT * FROM file_drafts($1)', [JSON.stringify(sent)]);
    } catch (error) {
      if (isAway(error)) throw error;
      this.logger.error({ filings: filings.length, failed: sqlState(error) ?? 'unknown' });
      return [];
    }
  }
}
const limits = { most: 50, atOnce: 2 };

/**
 * One's own application sent for the first time, in two statements instead of thirty: what it is judged by, and what it becomes, with the
 * claim of the act's key and its answer (migration 0077). The rules are those of FilingService, row-level policies judge every row.
 * Null: this is another case, or it changed meanwhile. Then FilingService does it step by step, and says what is wrong.
 */
export async function fileAtOnce(house: House, actor: SignedIn, caseId: string, at: Date): Promise<CaseFacts | null> {
  const keyed = [personKey(actor), caseKey(caseId)].every((of) => house.keys.known(of));
  const row = await house.statements.draft(actor, caseId, keyed);
  const draft = row && openDraft(house.keys, actor, caseId, row, at);
  if (!draft) return null;
  const { found, application, account } = draft;
  const before = subjectOf(actor, 'DRAFT', []);
  authorize(actor, 'case.submit', before);
  requireComplete(application.answers, account, row, found.rulesOn);
  requireMove(actor, before, found, 'submit', { at });
  const parties = partiesOf(application.answers, account, found.language).map((party) => ({ ...party, id: newId() }));
  Object.assign(found, clearOf(application.answers, account.iin, found), { state: 'SUBMITTED', stateSince: at, filedAt: at });
  const due = dueAt('SCREENING', at, found.rulesOn);
  const facts = factsOf(actor, draft, parties, due);
  const filing = await filingOf(house, { actor, key: draft.key }, facts, parties);
  found.number = await house.statements.file(filing);
  return found.number === null ? null : facts;
}

/** Null where a key is not at hand: then it is looked for, or made, step by step. */
function openDraft(keys: Keys, actor: SignedIn, caseId: string, row: DraftRow, at: Date): Draft | null {
  keys.accept(row.data_keys ?? []);
  const answers = keys.openKnown(caseKey(caseId), row.answers_sealed, 'answers');
  const key = keys.known(personKey(actor));
  if (answers === null || !key) return null;
  const open = (sealed: Buffer | null, field: string) => sealed && keys.openKnown(personKey(actor), sealed, field);
  const { surname, given, patronymic, account_language: language } = row;
  const contacts = { email: open(row.email_sealed, 'email'), phone: open(row.phone_sealed, 'phone'), iin: open(row.iin_sealed, 'iin') };
  const found = Object.assign(new Case(), {
    id: caseId,
    language: row.language,
    createdBy: actor.id,
    createdAt: row.created_at,
    safeProcess: row.safe_process,
    rulesOn: dayOf(at.getTime(), kazakhstan.zone),
  });
  const { version, saved_at: savedAt, safety_answered: safetyAnswered } = row;
  const application = {
    answers: JSON.parse(answers) as SaveAnswers,
    version,
    savedAt,
    returnNotes: null,
    returnFields: [],
    safetyAnswered,
  };
  return { found, application, key, account: { id: actor.id, surname, given, patronymic, language, ...contacts } };
}

function requireComplete(answers: SaveAnswers, account: Account, row: DraftRow, on: Case['rulesOn']) {
  const fields = missingIn({ answers, account, courts: new Set(row.courts), on });
  if (Object.keys(fields).length > 0) throw new DomainError('case.incomplete', { fields });
  if (!row.has_consented) throw new DomainError('consent.required');
}

const caseKey = (id: string) => ({ scope: 'case', id }) as const;
const personKey = ({ id }: SignedIn) => ({ scope: 'person', id }) as const;
const subjectOf = ({ id }: SignedIn, state: 'DRAFT' | 'SUBMITTED', sideA: string[]): KnownCase => ({
  createdBy: id,
  writtenBy: null,
  sideA,
  sideB: [],
  offeredTo: null,
  mediatorId: null,
  coMediates: false,
  invited: false,
  refusalProposedBy: null,
  state,
});

/** The case as its applicant finds it the moment after. */
function factsOf(actor: SignedIn, { found, application }: Draft, parties: (PartyRecord & { id: string })[], dueAt: Date): CaseFacts {
  const subject = subjectOf(actor, 'SUBMITTED', [actor.id]);
  const nothing = { summary: null, mediator: null, papers: [], invitation: null, offer: null, refusalProposedBy: null, agreedAnew: false };
  return {
    found,
    subject,
    now: found.stateSince,
    dueAt,
    parties: parties.map((party) => partyFacts(party, actor)),
    application,
    ...nothing,
  };
}

function partyFacts(party: PartyRecord & { id: string }, actor: SignedIn): PartyFacts {
  const { id, side, kind, personId, surname, given, patronymic, accessibility, interpreter } = party;
  const name = party.organisation ?? nameOf({ surname: surname ?? '', given: given ?? '', patronymic: patronymic ?? '' });
  const own = personId === actor.id ? party : { email: null, phone: null, address: null, idNumber: null };
  const { email, phone, address, idNumber } = own;
  const representative = party.representative?.name ?? null;
  const byAttorney = party.representative?.kind === 'poa' && personId !== null;
  return {
    id,
    side,
    kind,
    name,
    representative,
    byAttorney,
    personId,
    joined: personId !== null,
    email,
    phone,
    address,
    idNumber,
    accessibility,
    interpreter,
  };
}

async function filingOf(
  { keys, hashes }: House,
  { actor, key }: Pick<Draft, 'key'> & { actor: SignedIn },
  facts: CaseFacts,
  parties: (PartyRecord & { id: string })[],
) {
  const { found, application, dueAt: due } = facts;
  const at = found.stateSince;
  const fresh = parties.map(({ id }) => keys.fresh({ scope: 'party', id }));
  const rows = await Promise.all(
    parties.map((party, index) => {
      const seal = (text: string, field: string) => keys.sealWith(fresh[index]!.key, text, field);
      return rowOf(seal, hashes, { id: party.id, caseId: found.id, party, joinedAt: party.personId ? at : null });
    }),
  );
  const { start } = clockChange('DRAFT', 'SUBMITTED', false);
  const { category, subcategory, district, courtId, courtCaseNumber, shuttle, rulesOn, safeProcess } = found;
  return {
    one: {
      case_id: found.id,
      person_id: actor.id,
      at,
      version: application!.version,
      safe_process: safeProcess,
      number_begins: numberBegins(Number(rulesOn.slice(0, 4))),
      state: found.state,
      rules_on: rulesOn,
      category,
      subcategory,
      district,
      court_id: courtId,
      court_case_number: courtCaseNumber,
      shuttle,
      clock_id: newId(),
      clock: start,
      due_at: due,
      event_id: newId(),
      data: { deadline: start, dueAt: due, action: 'submit', from: 'DRAFT', to: found.state },
      ...actOf(keys, { actor, key }, facts),
    },
    keys: fresh.map(({ id, master, wrapped }) => ({ case_id: found.id, id, master, wrapped: hex(wrapped), at })),
    parties: rows.map(inText),
  };
}

/** The key that this act was asked under, with the answer for whoever asks again; its number is the database's to tell. */
function actOf(keys: Keys, { actor, key }: Pick<Draft, 'key'> & { actor: SignedIn }, facts: CaseFacts): object | undefined {
  const claim = currentClaim();
  if (!claim) return undefined;
  const answer = keys.sealWith(key, JSON.stringify(toCaseView(facts, actor)), answerLabel(claim.key));
  return { key: claim.key, request_hash: hex(claim.hash), answer_sealed: hex(answer) };
}
