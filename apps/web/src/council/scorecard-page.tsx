import { useQuery } from '@tanstack/react-query';
import { Scorecard, scorecardFormats, scorecardLanguages, type ScorecardRow } from '#contract';
import { call } from '../api.js';
import { usePeriodName } from './use-period-name.js';
import styles from './report.module.css';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useLanguage, useText } from '../words.js';

/** What everybody may know of how the cabinet does, and the same as open data. */
export function ScorecardPage() {
  const t = useText('reports');
  const dates = useDates();
  const period = usePeriodName();
  const found = useQuery({ queryKey: ['scorecard'], queryFn: () => call(Scorecard, '/scorecard') });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const { period: code, closedAt, rows } = found.data;
  if (!code || !closedAt)
    return (
      <>
        <PageHead title={t('reports.scorecard.title')} />
        <p>{t('reports.scorecard.none')}</p>
      </>
    );
  return (
    <>
      <PageHead
        title={t('reports.scorecard.title')}
        lead={t('reports.scorecard.lead', { period: period(code), when: dates.moment(closedAt) })}
      />
      <p className="small muted">{t('reports.scorecard.note')}</p>
      <Picture rows={rows} />
      <Numbers rows={rows} />
      <OpenData />
    </>
  );
}

/** Bars from nought, one measure beside the other; the table below says the same. */
function Picture({ rows }: { rows: ScorecardRow[] }) {
  const t = useText('reports');
  const shown = useShown();
  return (
    <section aria-hidden="true">
      <h2>{t('reports.scorecard.picture')}</h2>
      {rows.map((row) => (
        <div key={row.code}>
          <p className="small">
            <b>{t(`reports.scorecard.${row.code}`)}</b>
          </p>
          <div className={styles.bars}>
            {row.languages.map(({ value, n }) => (
              <div key={value} className={styles.row}>
                <span>{t(`reports.scorecard.${value}`)}</span>
                <span className={styles.track}>
                  {n !== null && <span className={styles.bar} style={{ inlineSize: `calc((100% - 4rem) * ${n / fullOf(row)})` }} />}
                  <span className="num">{shown(n, row)}</span>
                </span>
              </div>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

/** Where a bar is full: all of a share, the best mark, the longer of two times. */
const fullOf = ({ unit, languages }: ScorecardRow) =>
  unit === 'percent' ? 100 : unit === 'score' ? 5 : Math.max(1, ...languages.map(({ n }) => n ?? 0));

function Numbers({ rows }: { rows: ScorecardRow[] }) {
  const t = useText('reports');
  const shown = useShown();
  const columns: Column<ScorecardRow>[] = [
    { key: 'measure', label: t('reports.scorecard.measure'), whole: true, cell: ({ code }) => t(`reports.scorecard.${code}`) },
    { key: 'all', label: t('reports.scorecard.all'), number: true, cell: (row) => <b>{shown(row.n, row)}</b> },
    ...scorecardLanguages.map((language) => ({
      key: language,
      label: t(`reports.scorecard.${language}`),
      number: true,
      cell: (row: ScorecardRow) => shown(row.languages.find(({ value }) => value === language)?.n ?? null, row),
    })),
  ];
  return <DataTable caption={t('reports.scorecard.table')} columns={columns} rows={rows} rowKey={({ code }) => code} />;
}

function OpenData() {
  const t = useText('reports');
  const language = useLanguage() === 'ru' ? 'ru' : 'kk';
  return (
    <section className={styles.apart}>
      <h2>{t('reports.scorecard.data')}</h2>
      <p className={styles.files}>
        {scorecardFormats.map((format) => (
          <a key={format} href={`/api/scorecard-data?format=${format}&language=${language}`} download>
            {t(`reports.scorecard.${format}`)}
          </a>
        ))}
      </p>
    </section>
  );
}

function useShown() {
  const t = useText('reports');
  return (n: number | null, { unit }: ScorecardRow) => {
    if (n === null) return <span className="muted">{t('reports.scorecard.hidden')}</span>;
    const number = String(n).replace('.', ',');
    return unit === 'percent' ? `${number} %` : number;
  };
}
