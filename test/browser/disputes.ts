import { resolve } from 'node:path';
import { mediatorsIn, type ScenarioParty, scenariosIn } from '../../apps/launcher/src/demo/scenario.js';
import type { Dispute } from './steps.js';

const folder = resolve(import.meta.dirname, '../scenarios');
const scenarios = scenariosIn(folder);

const namesOf = ({ surname = '', given = '', patronymic = '' }: ScenarioParty) => ({ surname, given, patronymic });

function disputeOf(slug: string, own: Pick<Dispute, 'court' | 'summary'> & { email?: string }): Dispute {
  const found = scenarios.find((one) => one.slug === slug)!;
  const [first, second] = ['A1', 'B1'].map((id) => found.parties.find((party) => party.id === id)!) as [ScenarioParty, ScenarioParty];
  const { category, district, title, claimText, desiredOutcome } = found;
  const { email, ...rest } = own;
  return {
    category,
    district,
    title,
    claimText,
    desiredOutcome,
    iin: first.iin!,
    own: namesOf(first),
    other: { ...namesOf(second), phone: second.phone, ...(email && { email }) },
    ...rest,
  };
}

export const fence = disputeOf('01-fence-on-the-line', {
  court: { id: 'OSKEMEN_CITY', caseNumber: '6310-26-00-2/1234' },
  summary: 'Көршіңіз қоршау мен ағаш туралы медиатордың көмегімен сөйлескісі келеді.',
});

export const loan = disputeOf('05-loan-to-a-friend', {
  court: { id: 'OSKEMEN_CITY', caseNumber: '6310-26-00-2/1250' },
  summary: 'Ваш знакомый предлагает обсудить долг с помощью медиатора.',
  email: 'borrower@example.kz',
});

/** Under which name of the demo accounts a mediator of the register is found. */
export const accountOf = (shown: string) => {
  const found = mediatorsIn(folder).find(({ surname, given }) => shown.includes(surname) && shown.includes(given));
  if (!found) throw new Error(`${shown} is not in the register`);
  return found.id.toLowerCase();
};
