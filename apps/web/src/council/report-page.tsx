import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { Report, type ReportDim, type ReportLine, ReportPeriods } from '#contract';
import { call } from '../api.js';
import { AskForFile, ExportsCard } from '../court/exports-card.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useLanguage, useText } from '../words.js';
import { CutChart } from './cut-chart.js';
import { FreePeriod } from './free-period.js';
import styles from './report.module.css';
import { usePeriodName } from './use-period-name.js';
import { useShown } from './use-shown.js';

/** Reports of closed periods: the lines, what they were before, and each line cut as the reader likes. The choice stands in the address. */
export function ReportPage() {
  const t = useText('reports');
  const [search, setSearch] = useSearchParams();
  const found = useQuery({ queryKey: ['reports'], queryFn: () => call(ReportPeriods, '/report-periods') });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const { periods, months } = found.data;
  const period = search.get('period') ?? latest(periods);
  return (
    <>
      <PageHead title={t('reports.title')} />
      {periods.length === 0 && <p>{t('reports.none')}</p>}
      {period && (
        <>
          <PeriodField periods={periods} period={period} onChange={(chosen) => setSearch({ period: chosen })} />
          <FreePeriod months={months.map(({ month }) => month)} period={period} onChange={(chosen) => setSearch({ period: chosen })} />
          <PeriodReport key={period} period={period} />
          <ExportsCard />
        </>
      )}
    </>
  );
}

/** What most readers come for: the running total since January. */
const latest = (periods: string[]) =>
  periods
    .filter((one) => one.includes('-T'))
    .toSorted()
    .at(-1);

function PeriodField({ periods, period, onChange }: { periods: string[]; period: string; onChange: (chosen: string) => void }) {
  const t = useText('reports');
  const name = usePeriodName();
  const shown = periods.includes(period) ? periods : [period, ...periods];
  return (
    <div className={styles.choose}>
      <SelectField
        name="period"
        label={t('reports.period')}
        width="middle"
        value={period}
        onChange={({ target }) => onChange(target.value)}
      >
        {shown.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function PeriodReport({ period }: { period: string }) {
  const t = useText('reports');
  const dates = useDates();
  const name = usePeriodName();
  const found = useQuery({ queryKey: ['reports', period], queryFn: () => call(Report, `/reports?period=${encodeURIComponent(period)}`) });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const report = found.data;
  return (
    <>
      <p className="small muted">
        {t('reports.closed', { when: dates.moment(report.closedAt) })} {t('reports.hidden.note')}
        {report.compared && ` ${t('reports.compared', { period: name(report.compared) })}.`}
      </p>
      <AskForFile of={{ kind: 'report', period }} printing={t('reports.print')} />
      <Lines report={report} />
      <Cuts lines={report.lines} />
    </>
  );
}

function Lines({ report }: { report: Report }) {
  const t = useText('reports');
  const language = useLanguage();
  const shown = useShown();
  const columns: Column<ReportLine>[] = [
    { key: 'no', label: t('reports.col.no'), cell: ({ no }) => no },
    { key: 'line', label: t('reports.col.line'), whole: true, cell: ({ name }) => name[language] },
    { key: 'number', label: t('reports.col.number'), number: true, cell: (line) => <b>{shown(line.n, line)}</b> },
    ...(report.compared
      ? [{ key: 'before', label: t('reports.col.before'), number: true, cell: (line: ReportLine) => shown(line.before, line) }]
      : []),
  ];
  return <DataTable caption={t('reports.lines')} columns={columns} rows={report.lines} rowKey={({ no }) => no} />;
}

function Cuts({ lines }: { lines: ReportLine[] }) {
  const t = useText('reports');
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const able = lines.filter(({ cuts }) => cuts.length > 0);
  const line = able.find(({ code }) => code === search.get('line')) ?? able[0];
  if (!line) return null;
  const cut = line.cuts.find(({ dim }) => dim === search.get('cut')) ?? line.cuts[0]!;
  const choose = (changed: Record<string, string>) =>
    setSearch({ ...Object.fromEntries(search), ...changed }, { preventScrollReset: true });
  return (
    <section>
      <h2>{t('reports.cuts')}</h2>
      <div className={styles.choose}>
        <SelectField name="line" label={t('reports.col.line')} value={line.code} onChange={({ target }) => choose({ line: target.value })}>
          {able.map(({ code, no, name }) => (
            <option key={code} value={code}>
              {no}. {name[language]}
            </option>
          ))}
        </SelectField>
        <SelectField name="cut" label={t('reports.cut.choose')} value={cut.dim} onChange={({ target }) => choose({ cut: target.value })}>
          {line.cuts.map(({ dim }) => (
            <option key={dim} value={dim}>
              {t(`reports.dim.${dim as ReportDim}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <CutChart line={line} cut={cut} />
    </section>
  );
}
