import { Link } from 'react-router';
import type { CaseRow } from '#contract';
import { nowMs } from '../clock.js';
import { Due } from '../office/due.js';
import { Card } from '../parts/card.js';
import { useText } from '../words.js';

const horizon = 48 * 3_600_000;

/** Whatever ends within two days in one's cases, or has ended already, the earliest first. */
export function SoonDue({ rows }: { rows: CaseRow[] }) {
  const t = useText('mediator');
  const soon = rows
    .filter(({ dueAt }) => dueAt && Date.parse(dueAt) - nowMs() < horizon)
    .toSorted((one, other) => one.dueAt!.localeCompare(other.dueAt!));
  return (
    <Card title={t('mediator.soon')}>
      {soon.length === 0 && <p>{t('mediator.soon.none')}</p>}
      {soon.map(({ id, title, dueAt }) => (
        <p key={id}>
          <Link to={`/mediator/cases/${id}`}>{title}</Link>
          <br />
          <Due at={dueAt} />
        </p>
      ))}
    </Card>
  );
}
