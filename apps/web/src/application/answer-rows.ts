import { type ApplicationView, maskIin, type PartyAnswer, showPhone } from '#contract';
import { fullName, money } from '#language';
import type { SummaryRow } from '../parts/summary-list.js';
import { useNames } from '../reference.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { aroundFlags } from './circumstance-fields.js';
import type { interpreted } from './needs-fields.js';
import { roleIn } from './own-fields.js';
import type { StepId } from './steps.js';

type Party = PartyAnswer | null | undefined;
type Value = string | null | undefined | false;

/** What was answered, in words, each row with the page that changes it. What is written in a power of attorney stands apart (attorney-rows.tsx). */
export function useAnswerRows({ caseId, answers, safetyAnswered }: ApplicationView): Record<'dispute' | 'you' | 'other', SummaryRow[]> {
  const t = useText('application');
  const names = useNames();
  const row = (step: StepId, label: string, value: Value): SummaryRow => ({
    label,
    value: value || t('common.none'),
    change: `/apply/${caseId}/${step}`,
  });
  const { other, otherMore, court, flags } = answers;
  const raised = aroundFlags.filter((flag) => flags?.[flag]).map((flag) => t(`application.around.${flag}`));
  const listed = (more: PartyAnswer[] | null | undefined) => (more ?? []).map((party) => inOneLine(party, t)).join('\n');

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
      row('amount', t('application.amount.label'), !!answers.amountKzt && money(answers.amountKzt)),
      row(
        'court',
        t('application.court'),
        court
          ? [names.court(court.courtId), court.caseNumber].filter(Boolean).join(', ')
          : t(flags?.courtCaseOpen ? 'common.yes' : 'common.no'),
      ),
      row('safety', t('application.safety.tab'), t(safetyAnswered ? 'application.check.answered' : 'application.check.unanswered')),
      row('around', t('application.around'), raised.join('\n') || t('application.around.none')),
    ],
    you: useOwnRows(answers, row, listed),
    other: [
      ...(other?.kind === 'organisation'
        ? [row('other', t('application.organisation'), other.organisation), row('other', t('application.bin'), other.bin)]
        : [row('other', t('common.name'), nameOf(other)), row('other', t('application.other.acts'), guardianOf(other, t))]),
      row('contact', t('common.phone'), other?.phone && showPhone(other.phone)),
      row('contact', t('common.email'), other?.email),
      row('contact', t('application.contact.address'), other?.address),
      row('contact', t('application.contact.language'), other?.language && t(`common.${other.language}`)),
      row('otherMore', t('application.otherMore.label'), listed(otherMore)),
    ],
  };
}

/** The applicant: at the desk he has no account yet, and the one who is signed in is somebody else. */
function useOwnRows(
  answers: ApplicationView['answers'],
  row: (step: StepId, label: string, value: Value) => SummaryRow,
  listed: (more: PartyAnswer[] | null | undefined) => string,
): SummaryRow[] {
  const t = useText('application');
  const session = useSession();
  const isDesk = session?.role === 'coordinator';
  const signedIn = !isDesk && session ? fullName(session.person) : null;
  const { own, ownMore } = answers;
  const role = roleIn(answers);
  const acting = own?.representative;
  const who =
    role === 'organisation'
      ? [
          row('own', t('application.organisation'), own?.organisation),
          row('own', t('application.bin'), own?.bin),
          row('own', t('application.signatory'), acting && t(`application.signatory.${acting.kind === 'poa' ? 'poa' : 'head'}`)),
          row('own', t('application.signatory.name'), acting?.name),
          row('own', t('application.signatory.position'), acting?.position),
        ]
      : [
          row('own', t('common.name'), own?.surname ? nameOf(own) : role === 'person' && signedIn),
          row('own', t(role === 'person' ? 'application.own.iin' : 'application.own.iin.theirs'), own?.iin && maskIin(own.iin)),
          ...(role === 'person' ? [] : [row('own', t('application.check.acting'), isDesk ? acting?.name : signedIn)]),
        ];
  /** As the server chooses: to the telephone, where there is one. */
  const withCode = (contact: string | undefined) => contact && `${contact}\n${t('application.check.code')}`;
  return [
    row('own', t('application.own'), own?.kind && t(`application.own.${role}`)),
    ...who,
    ...(isDesk
      ? [
          row('own', t('common.phone'), withCode(own?.phone && showPhone(own.phone))),
          row('own', t('common.email'), own?.phone ? own.email : withCode(own?.email)),
        ]
      : []),
    row('ownMore', t(isDesk ? 'application.check.applicant.more' : 'application.ownMore.label'), listed(ownMore)),
    row('needs', t('application.needs.language'), t(own?.language ? `common.${own.language}` : 'application.needs.language.same')),
    row(
      'needs',
      t('application.needs.interpreter'),
      t(`application.needs.interpreter.${(own?.interpreter || 'none') as (typeof interpreted)[number] | 'none'}`),
    ),
    row('needs', t('application.needs.channel'), own?.channel && t(`application.needs.channel.${own.channel}`)),
    row('needs', t('application.needs.label'), own?.accessibility?.map((need) => t(`application.needs.${need}`)).join('\n')),
  ];
}

const nameOf = (party: Party) => (party?.kind === 'organisation' ? party.organisation : fullName({ surname: '', given: '', ...party }));

const guardianOf = (party: Party, t: ReturnType<typeof useText<'application'>>): Value => {
  if (!party?.surname && !party?.representative) return null;
  if (party.representative?.kind !== 'legal') return t('application.other.acts.self');
  const { name, phone } = party.representative;
  return [t('application.other.acts.legal'), name, phone && showPhone(phone)].filter(Boolean).join('\n');
};

function inOneLine(party: PartyAnswer, t: ReturnType<typeof useText<'application'>>): string {
  const { iin, bin, phone, email, language } = party;
  const number = iin ? `${t('application.own.iin')} ${maskIin(iin)}` : bin && `${t('application.bin')} ${bin}`;
  return [nameOf(party), number, phone && showPhone(phone), email, language && t(`common.${language}`)].filter(Boolean).join(', ');
}
