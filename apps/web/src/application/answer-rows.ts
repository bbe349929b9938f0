import { type ApplicationView, maskIin, type PartyAnswer, showPhone } from '#contract';
import { fullName, money } from '#language';
import type { SummaryRow } from '../parts/summary-list.js';
import { useNames } from '../reference.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { aroundFlags } from './circumstance-fields.js';
import type { StepId } from './steps.js';

/** What was answered, in words, each row with the page that changes it. */
export function useAnswerRows({ caseId, answers, safetyAnswered }: ApplicationView): Record<'dispute' | 'you' | 'other', SummaryRow[]> {
  const t = useText('application', 'auth');
  const names = useNames();
  const person = useSession()?.person;
  const row = (step: StepId, label: string, value: string | null | undefined): SummaryRow => ({
    label,
    value: value || t('common.none'),
    change: `/apply/${caseId}/${step}`,
  });
  const { own, ownMore, other, otherMore, court, flags } = answers;
  const raised = aroundFlags.filter((flag) => flags?.[flag]).map((flag) => t(`application.around.${flag}`));
  const listed = (more: PartyAnswer[] | null | undefined) => (more ?? []).map(partyName).join('\n');
  const partyName = (party: PartyAnswer | null | undefined) =>
    party?.kind === 'organisation' ? party.organisation : fullName({ surname: '', given: '', ...party });

  return {
    dispute: [
      row('name', t('application.name.label'), answers.title),
      row(
        'kind',
        t('application.kind.label'),
        [names.category(answers.category), names.subcategory(answers.subcategory)].filter(Boolean).join(': '),
      ),
      row('place', t('application.place.label'), names.district(answers.district)),
      row('story', t('application.story'), answers.claimText),
      row('wish', t('application.wish'), answers.desiredOutcome),
      row('amount', t('application.amount.label'), answers.amountKzt ? money(answers.amountKzt) : null),
      row(
        'court',
        t('application.court'),
        court ? [names.court(court.courtId), court.caseNumber].filter(Boolean).join(', ') : t('common.no'),
      ),
      row('safety', t('application.safety.tab'), t(safetyAnswered ? 'application.check.answered' : 'application.check.unanswered')),
      row('around', t('application.around'), raised.join('\n') || t('application.around.none')),
    ],
    you: [
      row('own', t('application.own'), own?.kind === 'organisation' || own?.surname ? partyName(own) : person && fullName(person)),
      ...(own?.kind === 'organisation'
        ? [row('own', t('application.bin'), own.bin), row('own', t('application.signatory'), own.representative?.name)]
        : [row('own', t('application.own.iin'), own?.iin && maskIin(own.iin))]),
      row('ownMore', t('application.ownMore.label'), listed(ownMore)),
      row('needs', t('application.needs.label'), own?.accessibility?.map((need) => t(`application.needs.${need}`)).join('\n')),
    ],
    other: [
      row('other', t('common.name'), partyName(other)),
      row('contact', t('common.phone'), other?.phone && showPhone(other.phone)),
      row('contact', t('common.email'), other?.email),
      row('contact', t('application.contact.language'), other?.language && t(`common.${other.language}`)),
      row('otherMore', t('application.otherMore.label'), listed(otherMore)),
    ],
  };
}
