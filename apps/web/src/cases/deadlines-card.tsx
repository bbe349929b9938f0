import type { CaseView, RunningDeadline } from '#contract';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useDates, useLanguage, useText } from '../words.js';
import { useDeadlines } from './cases.js';

/** Every time limit that runs: until when, by which rule, and who acts. Nothing where none runs. */
export function DeadlinesCard({ found: { id, dueAt } }: { found: CaseView }) {
  return dueAt === null ? null : <Running caseId={id} />;
}

function Running({ caseId }: { caseId: string }) {
  const t = useText('case', 'states');
  const told = useDeadlines(caseId);
  if (told.isError) return <Failure of={told.error} onRetry={() => void told.refetch()} />;
  if (!told.data?.length) return null;
  return (
    <Card title={t('case.deadlines.title')}>
      <ul className="plain stack">
        {told.data.map((one) => (
          <Limit key={one.code} of={one} />
        ))}
      </ul>
    </Card>
  );
}

function Limit({ of: { name, rule, setBy, dueAt, nextActor } }: { of: RunningDeadline }) {
  const t = useText('case', 'states');
  const dates = useDates();
  const language = useLanguage();
  const { unit = 'day', dayType = 'calendar', value = 0 } = rule ?? {};
  const key = unit === 'day' ? (`case.deadlines.day.${dayType}` as const) : (`case.deadlines.${unit}.calendar` as const);
  return (
    <li>
      <strong>{dates.until(dueAt)}</strong>
      <br />
      {name[language].charAt(0).toUpperCase() + name[language].slice(1)}: {rule ? t(key, { count: value }) : t('case.deadlines.own')}
      {rule && `, ${t(`case.deadlines.${setBy}`)}`}.
      <br />
      <span className="small muted">{t(`states.next.${nextActor}`)}.</span>
    </li>
  );
}
