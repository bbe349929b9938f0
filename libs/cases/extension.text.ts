import type { EntityManager } from 'typeorm';
import type { Language, PaperView, Side } from '#contract';
import { dateInWords, fill } from '#language';
import type { Case } from './case.entity.js';
import { deadlineRule, dueAt } from './deadline.rules.js';
import { partyName } from './invitation.records.js';

type Texts = Record<Language, string>;

/** The addendum to the contract (contents to be verified by counsel; wording to be proof-read by a native lawyer). */
const addendum: Texts = {
  kk: `Медиация туралы № {number} шартқа қосымша келісім: медиация мерзімін ұзарту

1. Тараптар
Бірінші тарап: {sideA}.
Екінші тарап: {sideB}.

2. Мерзім
Тараптар мен медиатор медиация мерзімін ұзартуға келіседі. Жаңа мерзімнің соңғы күні: {until}. Бұрынғы мерзімнің соңғы күні: {term}. Медиацияның жалпы мерзімі шарт жасалған күннің ертеңінен бастап {total} күнтізбелік күннен аспайды; соңғы күн жұмыс күні болмаса, одан кейінгі жұмыс күні соңғы күн болып саналады.

3. Өзге талаптар
Шарттың қалған талаптары өзгермейді. Әр тарап медиациядан кез келген сәтте шыға алады.

4. Растау
Қосымша келісім тараптардың бәрі мен медиатор осы мәтінді бұрынғы мерзім өткенге дейін растаған сәтте күшіне енеді.`,
  ru: `Дополнительное соглашение к договору о медиации № {number}: продление срока медиации

1. Стороны
Первая сторона: {sideA}.
Вторая сторона: {sideB}.

2. Срок
Стороны и медиатор соглашаются продлить срок медиации. Последний день нового срока: {until}. Последний день прежнего срока: {term}. Общий срок медиации – не более {total} календарных дней, считая со дня, следующего за днём заключения договора; если последний день нерабочий, последним считается ближайший следующий рабочий день.

3. Прочие условия
Остальные условия договора не меняются. Каждая сторона может выйти из медиации в любой момент.

4. Подтверждение
Соглашение вступает в силу, когда все стороны и медиатор подтвердили этот текст до истечения прежнего срока.`,
  en: `Addendum to mediation contract No {number}: extension of the term

1. Parties
First party: {sideA}.
Second party: {sideB}.

2. Term
The parties and the mediator agree to extend the term of mediation. Last day of the new term: {until}. Last day of the term so far: {term}. In all, mediation lasts no longer than {total} calendar days, counted from the day after the contract was concluded; if the last day is not a working day, the next working day is the last.

3. Other conditions
All else in the contract stays as it is. Either party may leave mediation at any time.

4. Confirmation
The addendum takes effect when every party and the mediator have confirmed this text before the term so far has run out.`,
};

/** The last moment of an extended term: so much more than the term so far, and never beyond the longest one (MEDIATION_TOTAL). */
export function extendedUntil({ contractAt, termEndsAt, rulesOn }: Case): Date {
  const more = dueAt('MEDIATION_EXTENSION', termEndsAt!, rulesOn);
  const most = dueAt('MEDIATION_TOTAL', contractAt!, rulesOn);
  return more < most ? more : most;
}

export async function textOfExtension(tx: EntityManager, found: Case): Promise<PaperView['text']> {
  const parties = (await tx.query(`SELECT side, ${partyName('p')} AS name FROM parties p WHERE case_id = $1 ORDER BY side, ordinal`, [
    found.id,
  ])) as { side: Side; name: string }[];
  const side = (which: Side) =>
    parties
      .filter((party) => party.side === which)
      .map(({ name }) => name.replaceAll(/\s+/g, ' '))
      .join('; ');
  const compose = (language: Language) =>
    fill(language, addendum[language], {
      number: found.number ?? '',
      sideA: side('A'),
      sideB: side('B'),
      until: dateInWords(language, extendedUntil(found)),
      term: dateInWords(language, found.termEndsAt!),
      total: String(deadlineRule('MEDIATION_TOTAL', found.rulesOn).value),
    });
  return { kk: compose('kk'), ru: compose('ru'), en: compose('en') };
}
