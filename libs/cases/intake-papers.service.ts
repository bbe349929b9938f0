import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { type Actor, type Language, showPhone } from '#contract';
import { type Paper, renderPdf, type Words } from '#documents';
import { dateInWords, momentInWords, type TextKey, translate, untilDate } from '#language';
import { Clock, CONFIG, type Config, Database, DomainError, Keys, record } from '#platform';
import { dueAt } from './deadline.rules.js';
import { findCase, subjectOf } from './case.moves.js';
import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };
import house from './data/house.json' with { type: 'json' };
import { partyName } from './invitation.records.js';
import { openContact } from './party.records.js';

/** As people read it, on one line. */
const phone = showPhone(house.phone).replaceAll(' ', '\u00A0');

type Named = { code: string; kk: string; ru: string; en: string };
type Printed = { number: string; pdf: Uint8Array };
type Letter = {
  id: string;
  partyId: string;
  name: string;
  language: Language;
  code: Buffer | null;
  address: Buffer | null;
  issuedAt: Date;
  expiresAt: Date;
};

const both: Language[] = ['kk', 'ru'];
/** The reader's own language first, the other official one beside it; Kazakh beside English. */
const beside = { kk: ['kk', 'ru'], ru: ['ru', 'kk'], en: ['en', 'kk'] } as const satisfies Record<Language, Language[]>;

/** The two papers of the intake: a receipt for who has filed, and the proposal to mediate for whom no message reaches. */
@Injectable()
export class IntakePapersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'WEB_ORIGIN'>,
  ) {}

  /** The same bytes whenever it is asked for: the paper tells of the moment of filing. */
  async receipt(actor: Actor, caseId: string): Promise<Printed> {
    const paper = await this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'case.receipt', await subjectOf(tx, found));
      if (!found.number || !found.filedAt) throw new DomainError('not_found');
      const parties = (await tx.query(
        `SELECT p.side, string_agg(${partyName('p')}, ', ' ORDER BY p.ordinal) AS names FROM parties p WHERE p.case_id = $1 GROUP BY p.side`,
        [caseId],
      )) as { side: 'A' | 'B'; names: string }[];
      return receiptOf({ ...found, number: found.number, filedAt: found.filedAt, parties });
    });
    return { number: paper.number!, pdf: await renderPdf(paper) };
  }

  /** The letter, with the code that the messages carry. Printing it is a fact of the case; the code alone answers nothing. */
  async letter(actor: Actor, caseId: string, partyId: string): Promise<Printed> {
    const paper = await this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'case.reinvite', await subjectOf(tx, found));
      const letter = await openLetter(tx, caseId, partyId, this.clock.now());
      if (!letter?.code || !found.number) throw new DomainError('not_found');
      const code = await this.keys.open(tx, { scope: 'party', id: partyId }, letter.code, 'invitation');
      const at = this.clock.now();
      await record(tx, actor, { type: 'invitation.printed', caseId, at, data: { invitationId: letter.id } });
      return letterOf({
        ...letter,
        address: await openContact(tx, this.keys, { scope: 'party', id: partyId }, letter.address, 'address'),
        number: found.number,
        rulesOn: found.rulesOn,
        origin: this.config.WEB_ORIGIN[0]!,
        spoken: spelled(code),
      });
    });
    return { number: paper.number!, pdf: await renderPdf(paper) };
  }
}

const spelled = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`;

async function openLetter(tx: EntityManager, caseId: string, partyId: string, now: Date): Promise<Letter | undefined> {
  const [letter] = (await tx.query(
    `SELECT i.id, p.id AS "partyId", ${partyName('p')} AS name, p.language, i.code_sealed AS code, p.address_sealed AS address, i.issued_at AS "issuedAt", i.expires_at AS "expiresAt"
     FROM invitations i JOIN parties p ON p.id = i.party_id
     WHERE i.case_id = $1 AND p.id = $2 AND i.answered_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $3 ORDER BY i.round DESC LIMIT 1`,
    [caseId, partyId, now],
  )) as Letter[];
  return letter;
}

type Key = TextKey<'intakePapers'> extends `intakePapers.${infer K}` ? K : never;
const say = (languages: readonly Language[], key: Key, values: (language: Language) => Record<string, string> = () => ({})): Words =>
  Object.fromEntries(languages.map((language) => [language, translate(language, `intakePapers.${key}` as TextKey, values(language))]));
const nameOf = (rows: Named[], code: string): Words => rows.find((row) => row.code === code) ?? code;

type Filed = {
  number: string;
  filedAt: Date;
  rulesOn: string;
  category: string;
  district: string;
  parties: { side: 'A' | 'B'; names: string }[];
};
function receiptOf({ number, filedAt, rulesOn, category, district, parties }: Filed): Paper {
  const screenedBy = dueAt('SCREENING', filedAt, rulesOn);
  const names = (side: 'A' | 'B') => parties.find((one) => one.side === side)?.names ?? '–';
  return {
    languages: both,
    title: say(both, 'receipt'),
    at: filedAt,
    number,
    ruleSet: rulesOn,
    content: [
      { text: say(both, 'receipt.taken') },
      {
        facts: [
          [say(both, 'receipt.number'), number],
          [
            say(both, 'receipt.when'),
            Object.fromEntries(both.map((language) => [language, momentInWords(language, filedAt, new Date(0))])),
          ],
          [say(both, 'receipt.applicant'), names('A')],
          [say(both, 'receipt.other'), names('B')],
          [say(both, 'receipt.kind'), nameOf(categories.categories, category)],
          [say(both, 'receipt.place'), nameOf(districts.districts, district)],
        ],
      },
      { heading: say(both, 'receipt.next') },
      { text: say(both, 'receipt.next.text', (one) => ({ date: untilDate(one, screenedBy) })) },
      { text: say(both, 'receipt.limits') },
      { text: say(both, 'help', () => ({ phone })), small: true },
    ],
  };
}

type Invited = Omit<Letter, 'address'> & { address: string | null; number: string; rulesOn: string; origin: string; spoken: string };
function letterOf({ name, address, language, number, rulesOn, origin, spoken, issuedAt, expiresAt }: Invited): Paper {
  const languages = beside[language];
  const shown = `${origin.replace(/^https?:\/\//, '')}/i`;
  return {
    languages: [...languages],
    title: say(languages, 'letter'),
    at: issuedAt,
    number,
    ruleSet: rulesOn,
    code: {
      url: `${origin}/i/${spoken}`,
      shown: `${shown}   ${spoken}`,
      words: say(languages, 'letter.open'),
      place: 'head',
    },
    content: [
      { text: name, strong: true },
      ...(address ? [{ text: address }] : []),
      { text: say(languages, 'letter.what') },
      { text: say(languages, 'letter.secret') },
      { text: say(languages, 'letter.until', (one) => ({ date: dateInWords(one, expiresAt) })), strong: true },
      { text: say(languages, 'letter.free') },
      { text: say(languages, 'letter.never') },
      { text: say(languages, 'help', () => ({ phone })) },
    ],
  };
}
