import type { EntityManager } from 'typeorm';
import { type Language, languages as allLanguages, type PaperView, type Side } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { dateInWords, fill } from '#language';
import type { MediatorCard } from '#mediators';
import type { Case } from './case.entity.js';
import categories from './data/dispute-categories.json' with { type: 'json' };
import groundData from './data/termination-grounds.json' with { type: 'json' };
import { deadlineRule } from './deadline.rules.js';
import { partyName } from './invitation.records.js';
import { contractClauses, contractTitle, contractWords } from './paper.texts.js';

type ContractParty = { side: Side; name: string; represented_by: string | null; language: Language };
type Court = Record<Language, string>;
type Facts = { found: Case; mediator: MediatorCard; parties: ContractParty[]; court: Court | null; at: Date };

/** The contract of a case in three languages, from what is known of it when it is drafted: never a word of the claim. */
export async function contractText(tx: EntityManager, found: Case, mediator: MediatorCard, at: Date): Promise<PaperView['text']> {
  const parties = (await tx.query(
    `SELECT side, ${partyName('p')} AS name, language,
       concat_ws(', ', representative_name, nullif(representative_position, '')) AS represented_by
     FROM parties p WHERE case_id = $1 ORDER BY side, ordinal`,
    [found.id],
  )) as ContractParty[];
  const [court] = (await tx.query('SELECT kk, ru, en FROM courts WHERE id = $1', [found.courtId])) as Court[];
  const facts = { found, mediator, parties, court: court ?? null, at };
  return { kk: compose('kk', facts), ru: compose('ru', facts), en: compose('en', facts) };
}

function compose(language: Language, facts: Facts): string {
  const values = valuesIn(language, facts);
  const clauses = contractClauses.map(({ no, title, body }) => `${no}. ${title[language]}\n${fill(language, body[language], values)}`);
  return [fill(language, contractTitle[language], values), ...clauses].join('\n\n');
}

function valuesIn(language: Language, { found, mediator, parties, court, at }: Facts): Record<string, string> {
  const word = (key: keyof typeof contractWords, values?: Record<string, string | number>) =>
    fill(language, contractWords[key][language], values);
  const rules = dayOf(at.getTime(), kazakhstan.zone);
  const days = (code: 'MEDIATION_TERM' | 'MEDIATION_TOTAL') => ({ count: deadlineRule(code, rules).value });
  const side = (which: Side) =>
    parties
      .filter((party) => party.side === which)
      .map(({ name, represented_by: by }) => oneLine(by ? word('represented', { name, by }) : name))
      .join('; ');
  return {
    number: found.number ?? '',
    sideA: side('A'),
    sideB: side('B'),
    category: categories.categories.find(({ code }) => code === found.category)?.[language] ?? found.category,
    mediator: mediator.name,
    kind: word(mediator.kind),
    registerNumber: mediator.registerNumber,
    term: word('term', days('MEDIATION_TERM')),
    total: word('total', days('MEDIATION_TOTAL')),
    languages: allLanguages
      .filter((one) => parties.some((party) => party.language === one))
      .map((one) => word(`language_${one}`))
      .join(', '),
    // English is for information: it never prevails.
    mainLanguage: word(found.language === 'ru' ? 'language_ru' : 'language_kk'),
    grounds: lawfulGrounds.map((ground) => `${ground.code}) ${ground[language]}`).join(';\n') + '.',
    court: court && found.courtCaseNumber ? word('court', { court: court[language], number: found.courtCaseNumber }) : word('no_court'),
    rules: dateInWords(language, rules),
  };
}

const lawfulGrounds = groundData.grounds.filter(({ kind }) => kind === 'law');
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
