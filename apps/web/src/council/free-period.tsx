import type { FormEvent } from 'react';
import { ReportQuery } from '#contract';
import { useComplaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';
import styles from './report.module.css';
import { usePeriodName } from './use-period-name.js';

type Props = { months: string[]; period: string; onChange: (chosen: string) => void };

/** From any closed month to any other, both in it. */
export function FreePeriod({ months, period, onChange }: Props) {
  const t = useText('reports');
  const name = usePeriodName();
  const { complaints, check } = useComplaints();
  const [from, to] = period.includes('..') ? period.split('..') : [months.at(-1), months[0]];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const asked = check(ReportQuery, { period: `${String(form.get('from'))}..${String(form.get('to'))}` });
    if (asked) onChange(asked.period);
  };
  const options = months.map((month) => (
    <option key={month} value={month}>
      {name(month)}
    </option>
  ));
  return (
    <details open={period.includes('..')}>
      <summary>{t('reports.free')}</summary>
      <form key={period} noValidate className={styles.choose} onSubmit={submit}>
        <SelectField name="from" label={t('reports.free.from')} defaultValue={from}>
          {options}
        </SelectField>
        <SelectField name="to" label={t('reports.free.to')} defaultValue={to} complaint={complaints.period}>
          {options}
        </SelectField>
        <p>
          <Button type="submit" tone="second" small>
            {t('reports.show')}
          </Button>
        </p>
      </form>
      <p className="small muted">{t('reports.free.note')}</p>
    </details>
  );
}
