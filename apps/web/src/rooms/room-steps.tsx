import { useCase } from '../cases/cases.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { useSchedule } from '../schedule/use-schedule.js';
import { useDates, useText } from '../words.js';
import styles from './rooms-page.module.css';

/** What waits for the reader's yes in this case, as cards and not as words of the talk: each takes two steps where it leads, and says until when. */
export function RoomSteps({ caseId }: { caseId: string }) {
  const t = useText('rooms', 'papers');
  const dates = useDates();
  const found = useCase(caseId).data;
  const proposal = useSchedule(caseId).data?.proposal;
  const paper = found?.papers.find(({ frozen, concluded, confirmedByViewer }) => frozen && !concluded && !confirmedByViewer);
  const waits = proposal && !proposal.answeredByViewer && !proposal.proposedByViewer;
  const hours = proposal?.slots.map(({ from }) => dates.moment(from)).join('; ') ?? '';
  return (
    <>
      {paper && (
        <Step
          says={t('rooms.step.paper', { paper: t(`papers.${paper.kind}`) })}
          until={found?.dueAt ?? null}
          to={`/papers/${paper.id}`}
          act={t('rooms.step.read')}
        />
      )}
      {waits && (
        <Step
          says={t('rooms.step.hours', { hours })}
          until={proposal.expiresAt}
          to={`/cases/${caseId}/meetings`}
          act={t('rooms.step.choose')}
        />
      )}
    </>
  );
}

function Step({ says, until, to, act }: { says: string; until: string | null; to: string; act: string }) {
  const t = useText('rooms');
  const dates = useDates();
  return (
    <div className={styles.step}>
      <Card kind="panel" live>
        <p>
          <b>{says}</b> {until && t('rooms.step.until', { date: dates.withWeekday(until) })}
        </p>
        <ButtonLink small to={to}>
          {act}
        </ButtonLink>
      </Card>
    </div>
  );
}
