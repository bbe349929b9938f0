import { type ComponentProps, lazy, Suspense, useState } from 'react';
import type { SaveAnswers } from '#contract';
import { RadioCards } from '../parts/option-cards.js';
import { TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { answersFrom } from './answers-from-form.js';
import { type Named, Organisation } from './party-fields.js';
import type { FieldsProps } from './steps.js';
import type { AttorneyStep } from './attorney-step.js';

/** Few act by one: the others' page carries neither its fields nor the way to send the paper. */
const Loaded = lazy(() => import('./attorney-step.js').then((it) => ({ default: it.AttorneyStep })));
const Attorney = (asked: ComponentProps<typeof AttorneyStep>) => (
  <Suspense fallback={<Waiting />}>
    <Loaded {...asked} />
  </Suspense>
);

/** As whom somebody applies: for himself, for another by a power of attorney, for a child, or for an organisation. */
const roles = ['person', 'poa', 'legal', 'organisation'] as const;
type OwnRole = (typeof roles)[number];

export function roleIn({ own }: SaveAnswers): OwnRole {
  if (own?.kind === 'organisation') return 'organisation';
  const acting = own?.representative?.kind;
  return acting === 'poa' || acting === 'legal' ? acting : 'person';
}

export function OwnFields({ answers, complaints }: FieldsProps) {
  const t = useText('application', 'auth');
  const { own } = answers;
  /** At the desk the applicant has no account yet that would know his name and how to reach him. */
  const isDesk = useSession()?.role === 'coordinator';
  const [role, setRole] = useState(roleIn(answers));
  const text = (name: 'surname' | 'given' | 'patronymic') => ({
    name: `own.${name}`,
    label: t(`auth.${name}`),
    complaint: complaints[`own.${name}`],
    defaultValue: own?.[name] ?? '',
    autoComplete: 'off',
    maxLength: 80,
  });
  return (
    <>
      <RadioCards
        name="ownRole"
        labelledBy="question"
        chosen={role}
        complaint={complaints['own.kind'] ?? complaints['own.representative.kind']}
        onChange={(event) => setRole(event.target.value as OwnRole)}
        options={roles.map((value) => ({ value, label: t(`application.own.${value}`) }))}
      />
      {(role === 'poa' || role === 'legal') && (
        <>
          <p className="muted">{t(`application.own.${role}.hint`)}</p>
        </>
      )}
      {(role === 'poa' || role === 'legal' || (isDesk && role === 'person')) && (
        <>
          <TextField {...text('surname')} />
          <TextField {...text('given')} />
          <TextField {...text('patronymic')} optional />
        </>
      )}
      {role !== 'organisation' && (
        <TextField
          name="own.iin"
          width="middle"
          inputMode="numeric"
          autoComplete="off"
          label={t(role === 'person' ? 'application.own.iin' : 'application.own.iin.theirs')}
          hint={t('application.own.iin.hint')}
          complaint={complaints['own.iin']}
          defaultValue={own?.iin ?? ''}
        />
      )}
      {isDesk && <DeskFields role={role} {...{ answers, complaints }} />}
      {role === 'poa' && <Attorney at="own.representative.attorney" attorney={own?.representative?.attorney} complaints={complaints} />}
      {role === 'organisation' && (
        <>
          <Organisation side="own" party={own} {...{ answers, complaints }} />
          <Signatory party={own} complaints={complaints} />
        </>
      )}
    </>
  );
}

/** Who comes to the desk, and where the code goes that confirms what the operator wrote. */
function DeskFields({ role, answers, complaints }: FieldsProps & { role: OwnRole }) {
  const t = useText('application');
  const { own } = answers;
  return (
    <>
      {(role === 'poa' || role === 'legal') && (
        <TextField
          name="own.representative.name"
          label={t('application.desk.acting')}
          complaint={complaints['own.representative.name']}
          defaultValue={own?.representative?.name ?? ''}
          autoComplete="off"
          maxLength={160}
        />
      )}
      {(['phone', 'email'] as const).map((name) => (
        <TextField
          key={name}
          name={`own.${name}`}
          width={name === 'phone' ? 'middle' : 'full'}
          type={name === 'phone' ? 'tel' : 'email'}
          optional={name === 'email'}
          label={t(`common.${name}`)}
          complaint={complaints[`own.${name}`]}
          defaultValue={own?.[name] ?? ''}
          autoComplete="off"
        />
      ))}
    </>
  );
}

function Signatory({ party, complaints }: Omit<Named, 'answers'>) {
  const t = useText('application');
  const signatory = party?.representative;
  const [kind, setKind] = useState(signatory?.kind === 'poa' ? 'poa' : 'head'); // whoever was a parent before is no signatory
  return (
    <>
      <RadioCards
        name="own.representative.kind"
        legend={t('application.signatory')}
        chosen={kind}
        onChange={(event) => setKind(event.target.value as 'head' | 'poa')}
        options={[
          { value: 'head', label: t('application.signatory.head') },
          { value: 'poa', label: t('application.signatory.poa') },
        ]}
      />
      <TextField
        name="own.representative.name"
        label={t('application.signatory.name')}
        complaint={complaints['own.representative.name']}
        defaultValue={signatory?.name ?? ''}
        autoComplete="name"
        maxLength={160}
      />
      <TextField
        name="own.representative.position"
        optional
        label={t('application.signatory.position')}
        complaint={complaints['own.representative.position']}
        defaultValue={signatory?.position ?? ''}
        autoComplete="organization-title"
        maxLength={120}
      />
      {kind === 'poa' && <Attorney at="own.representative.attorney" attorney={party?.representative?.attorney} complaints={complaints} />}
    </>
  );
}

/** Who changes his mind leaves no half of the former answer behind. */
export function readOwn(form: FormData): SaveAnswers {
  const role = form.get('ownRole') as OwnRole | null;
  if (role === null) return {};
  form.delete('ownRole');
  const powers = form.getAll('own.representative.attorney.powers');
  form.delete('own.representative.attorney.powers');
  const { own } = answersFrom(form) as { own?: object & { representative?: object & { attorney?: object } } };
  const acting = { ...own?.representative, ...(role === 'poa' || role === 'legal' ? { kind: role } : {}) };
  const attorney = own?.representative?.attorney && { attorney: { ...own.representative.attorney, powers } };
  const representative = role === 'person' ? null : { ...acting, ...attorney };
  return { own: { ...own, kind: role === 'organisation' ? 'organisation' : 'person', representative } } as SaveAnswers;
}
