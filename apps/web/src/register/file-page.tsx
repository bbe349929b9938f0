import { Link, useParams } from 'react-router';
import type { RegisterChange, RegisterFile } from '#contract';
import type { TextKey } from '#language';
import { Card } from '../parts/card.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { Waiting } from '../parts/waiting.js';
import { useMediatorWords } from '../public/use-mediator-words.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import { useRegisterFile } from './entry-pages.js';
import { useCertificate } from './register-page.js';
import { StandingForm } from './standing-form.js';

/** One mediator of the register: what the entry says, how he stands, and everything that was ever changed. */
export function RegisterFilePage() {
  const t = useText('register');
  const { mediatorId = '' } = useParams();
  const found = useRegisterFile(mediatorId);
  return (
    <>
      <PageHead
        title={found.data?.row.name ?? t('register.title')}
        eyebrow={t('register.title')}
        back="/desk/register"
        backLabel={t('register.back')}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <div className="stack">
          <Entry file={found.data} />
          {found.data.mayChange ? (
            <>
              <p>
                <Link to={`/desk/register/${mediatorId}/entry`}>{t('register.correct')}</Link>
              </p>
              <StandingForm key={found.data.entry.version} id={mediatorId} file={found.data} />
            </>
          ) : (
            <p>{t('register.own')}</p>
          )}
          <History changes={found.data.history} />
        </div>
      )}
    </>
  );
}

function Entry({ file }: { file: RegisterFile }) {
  const t = useText('register', 'mediators');
  const names = useNames();
  const words = useMediatorWords();
  const dates = useDates();
  const standing = useStanding();
  const certificate = useCertificate();
  const { row, entry, modes } = file;
  const given = (label: string, value: string | null) => (value ? [{ label, value }] : []);
  return (
    <SummaryList
      rows={[
        { label: t('register.standing'), value: standing(file) },
        { label: t('register.kind'), value: t(`mediators.kind.${entry.kind}`) },
        { label: t('register.registerNumber'), value: entry.registerNumber },
        { label: t('register.enteredOn'), value: dates.inWords(entry.enteredOn) },
        { label: t('register.certificate'), value: certificate(row) },
        { label: t('register.load'), value: t('register.load.value', { open: row.openCases, capacity: row.capacity }) },
        { label: t('register.account'), value: t(row.hasAccount ? 'register.account.yes' : 'register.account.no') },
        { label: t('register.published'), value: t(file.published ? 'common.yes' : 'common.no') },
        { label: t('register.languages'), value: entry.languages.map(words.language).join(', ') },
        { label: t('register.fields'), value: entry.fields.map(names.category).join(', ') },
        { label: t('register.district'), value: names.district(entry.district) },
        {
          label: t('register.modes'),
          value: modes.map((mode) => t(`register.modes.${mode}` as TextKey<'register'>)).join(', ') || t('register.modes.none'),
        },
        ...given(t('register.organisation'), [entry.organisation, entry.organisationBin].filter(Boolean).join(', ')),
        ...given(
          t('register.community'),
          entry.community &&
            [entry.community, entry.protocolNumber && `№ ${entry.protocolNumber}`, entry.protocolDate && dates.inWords(entry.protocolDate)]
              .filter(Boolean)
              .join(', '),
        ),
        ...given(t('register.iin'), entry.iin),
        ...given(t('register.email'), entry.email),
        ...given(t('register.phone'), entry.phone),
        ...given(t('register.address'), entry.address),
        ...given(t('register.employer'), [entry.employer, entry.employerBin].filter(Boolean).join(', ')),
        ...entry.certificates.map((one, at) => ({
          label: t('register.certificates.nth', { n: at + 1 }),
          value: [
            t(`register.course.${one.course}`),
            names.category(one.field),
            one.number,
            one.issuer,
            `${dates.inWords(one.validFrom ?? one.issuedOn)} – ${dates.inWords(one.validUntil)}`,
          ]
            .filter(Boolean)
            .join(', '),
        })),
      ]}
    />
  );
}

/** How he stands today, and what is to come. */
function useStanding() {
  const t = useText('register');
  const dates = useDates();
  return ({ row, status, statusFrom, statusUntil, statusGround }: RegisterFile) => {
    const ground = statusGround && t(`register.ground.${statusGround}` as TextKey<'register'>);
    const until = status === 'suspended' && statusUntil && t('register.standing.until', { until: dates.inWords(statusUntil) });
    if (status === 'active' || (row.standing === 'active' && statusUntil)) return t('register.standing.active');
    if (row.standing === 'active')
      return t('register.standing.planned', {
        from: statusFrom ? dates.inWords(statusFrom) : '',
        standing: t(`register.standing.${status}`),
      });
    return [t(`register.standing.${status}`), until, ground].filter(Boolean).join(', ');
  };
}

function History({ changes }: { changes: RegisterChange[] }) {
  const t = useText('register');
  const dates = useDates();
  return (
    <Card>
      <DataTable
        caption={t('register.history')}
        rows={changes}
        rowKey={({ id }) => id}
        empty={<p>{t('register.history.none')}</p>}
        columns={[
          { key: 'when', label: t('register.history.when'), cell: ({ at }) => dates.moment(at) },
          { key: 'what', label: t('register.history.what'), cell: (change) => <Change of={change} /> },
          { key: 'by', label: t('register.history.by'), cell: ({ by }) => by ?? t('register.history.system') },
        ]}
      />
    </Card>
  );
}

function Change({ of: { kind, from, until, ground, changes } }: { of: RegisterChange }) {
  const t = useText('register');
  const dates = useDates();
  const say = useCodes();
  const said = [
    t(`register.history.${kind}`),
    from && t('register.history.day', { day: dates.inWords(from) }),
    until && t('register.standing.until', { until: dates.inWords(until) }),
    ground && t(`register.ground.${ground}`),
  ];
  return (
    <>
      <b>{said.filter(Boolean).join(', ')}</b>
      {changes.map(({ what, before, after }) => (
        <div key={what} className="small">
          {t(`register.${what}` as TextKey<'register'>)}:{' '}
          {after === null ? t('register.history.internal') : `${say(what, before) || '–'} → ${say(what, after) || '–'}`}
        </div>
      ))}
    </>
  );
}

/** What is kept as codes, in words. */
function useCodes() {
  const t = useText('mediators');
  const names = useNames();
  const words = useMediatorWords();
  const ways: Record<string, ((code: string) => string) | undefined> = {
    fields: names.category,
    district: names.district,
    languages: words.language,
    kind: (code) => t(`mediators.kind.${code}` as TextKey<'mediators'>),
  };
  return (what: string, said: string | null) => {
    const way = ways[what];
    return way && said ? said.split(', ').map(way).join(', ') : said;
  };
}
