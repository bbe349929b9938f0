import { useInfiniteQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { registerBy, RegisterQuery, type RegisterRow, RegisterRows } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { More } from '../office/more.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { DayField } from '../parts/day-field.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';
import styles from './court.module.css';
import { AskForFile, ExportsCard } from './exports-card.js';

type Days = { from: string; to: string; by: (typeof registerBy)[number] };

/** The court's register between two days: as a page to print, and as files. The choice stands in the address. */
export function RegisterPage() {
  const t = useText('court', 'states', 'reports');
  const names = useNames();
  const court = useSession()?.courtId;
  const [search, setSearch] = useSearchParams();
  const days = daysIn(search);
  return (
    <>
      <PageHead
        title={t('court.register')}
        eyebrow={names.court(court)}
        back="/court"
        backLabel={t('court.toList')}
        lead={t('court.register.lead')}
      />
      <DaysForm days={days} onChange={setSearch} />
      <AskForFile of={{ kind: 'register', ...days }} printing={t('court.register.print')} />
      <Register key={JSON.stringify(days)} days={days} />
      <ExportsCard />
    </>
  );
}

/** This month, where nothing was chosen or something that is none. */
function daysIn(search: URLSearchParams): Days {
  const read = RegisterQuery.safeParse({ from: search.get('from'), to: search.get('to'), by: search.get('by') ?? 'filed' });
  if (read.success) return read.data;
  const month = new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 7);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${last}`, by: 'filed' };
}

function DaysForm({ days, onChange }: { days: Days; onChange: (chosen: Days) => void }) {
  const t = useText('court');
  const { complaints, attempt, check } = useComplaints({ from: 'date', to: 'date' });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = check(RegisterQuery, Object.fromEntries(new FormData(event.currentTarget)));
    if (asked) onChange({ from: asked.from, to: asked.to, by: asked.by });
  };
  return (
    <form key={JSON.stringify(days)} noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <div className={styles.filters}>
        <DayField name="from" label={t('court.register.from')} defaultValue={days.from} complaint={complaints.from} />
        <DayField name="to" label={t('court.register.to')} defaultValue={days.to} complaint={complaints.to} />
        <SelectField name="by" label={t('court.register.by')} defaultValue={days.by}>
          {registerBy.map((one) => (
            <option key={one} value={one}>
              {t(`court.register.by.${one}`)}
            </option>
          ))}
        </SelectField>
        <div className={styles.acts}>
          <Button type="submit" tone="second" small>
            {t('court.filter.show')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Register({ days }: { days: Days }) {
  const t = useText('court');
  const dates = useDates();
  const columns = useColumns();
  const found = useInfiniteQuery({
    queryKey: ['court', 'register', days],
    queryFn: ({ pageParam }) =>
      call(RegisterRows, `/court/register?${new URLSearchParams({ ...days, ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const rows = found.data.pages.flatMap((page) => page.rows);
  const [first, last] = [days.from, days.to].map((one) => dates.inWords(`${one}T12:00:00+05:00`));
  return (
    <>
      <DataTable
        caption={`${first} – ${last}, ${t(`court.register.by.${days.by}`)}`}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<p>{t('court.register.empty')}</p>}
      />
      <More of={found} />
    </>
  );
}

function useColumns(): Column<RegisterRow>[] {
  const t = useText('court', 'states');
  const dates = useDates();
  const names = useNames();
  const lines = (said: (string | false | null)[]) =>
    said.filter(Boolean).map((line, at) => (
      <span key={at}>
        {at > 0 && <br />}
        {line}
      </span>
    ));
  return [
    { key: 'case', label: t('court.case'), whole: true, cell: (row) => <CaseLink row={row} /> },
    { key: 'filed', label: t('court.register.column.filed_on'), cell: ({ filedAt }) => dates.inWords(filedAt) },
    { key: 'category', label: t('court.category'), cell: ({ category }) => names.category(category) },
    {
      key: 'state',
      label: t('court.state'),
      cell: ({ state, ground }) =>
        lines([
          state === 'NOT_STARTED' ? t('court.notStarted') : t(`states.${state}.name` as TextKey<'states'>),
          ground && names.ground(ground),
        ]),
    },
    { key: 'mediator', label: t('court.mediator'), cell: ({ mediator }) => mediator ?? '–' },
    {
      key: 'outgoing',
      label: t('court.register.column.outgoing'),
      cell: ({ letters }) =>
        letters.length === 0
          ? '–'
          : lines(letters.map(({ number, kind, at }) => `${number}, ${dates.inWords(at)}: ${t(`court.letter.${kind}`)}`)),
    },
    {
      key: 'ruling',
      label: t('court.register.column.ruling'),
      cell: ({ outcome, ruledOn, rulingNumber }) =>
        outcome
          ? lines([t(`court.outcome.${outcome}` as TextKey<'court'>), ruledOn && dates.inWords(`${ruledOn}T12:00:00+05:00`), rulingNumber])
          : '–',
    },
  ];
}

function CaseLink({ row: { id, number, courtCaseNumber } }: { row: RegisterRow }) {
  return (
    <>
      <Link className="nw num" to={`/court/cases/${id}`}>
        <b>{courtCaseNumber ?? number}</b>
      </Link>
      <br />
      <span className="muted nw num">{number}</span>
    </>
  );
}
