import type { CaseRow } from '#contract';
import { GuestHint } from '../gatherings/guest-page.js';
import { useLive } from '../live/use-live.js';
import { Actions, Button, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { StatusChip, TurnFlag } from '../parts/status-chip.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import { useCases } from './cases.js';
import styles from './cases-page.module.css';

/** All of a person's cases; a case with a state this page does not know is shown too. */
export function CasesPage() {
  const t = useText('case', 'states');
  const found = useCases();
  useLive();
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <PageHead title={t('case.title')} />
      <GuestHint />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <Card kind="note">
          <p>{t('case.list.empty')}</p>
        </Card>
      )}
      <ul className={`plain ${styles.list}`}>
        {rows.map((row) => (
          <CaseItem key={row.id} row={row} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button tone="second" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
      <Actions>
        <ButtonLink to="/apply" {...(rows.length > 0 && { tone: 'second' })}>
          {t('case.list.new')}
        </ButtonLink>
        <ButtonLink to="/i" tone="quiet">
          {t('case.list.code')}
        </ButtonLink>
      </Actions>
    </>
  );
}

function CaseItem({ row }: { row: CaseRow }) {
  const t = useText('case', 'states');
  const dates = useDates();
  const { category } = useNames();
  const isDraft = row.state === 'DRAFT';
  return (
    <li className={styles.item}>
      <div>
        <p className="eyebrow">
          {[row.number ? t('case.number', { number: row.number }) : t('case.draft'), category(row.category)].filter(Boolean).join(' · ')}
        </p>
        <h2>{row.title || t('case.list.untitled')}</h2>
        <p>{t(`states.${row.state}.sentence`)}</p>
      </div>
      <div className={styles.state}>
        <div className="row">
          <StatusChip state={row.state} />
          {row.yourTurn && <TurnFlag />}
        </div>
        {row.dueAt && <p className="small muted">{t('parts.until', { date: dates.withWeekday(row.dueAt) })}</p>}
      </div>
      <ButtonLink small tone={row.yourTurn || isDraft ? 'primary' : 'second'} to={isDraft ? `/apply/${row.id}` : `/cases/${row.id}`}>
        {t(isDraft ? 'case.list.resume' : 'case.list.open')}
        <span className="vh">: {row.title || row.number}</span>
      </ButtonLink>
    </li>
  );
}
