import { Link } from 'react-router';
import { type CaseView, liveStates } from '#contract';
import { money } from '#language';
import { DeadlinesCard } from '../cases/deadlines-card.js';
import { CaseFiles } from '../files/case-files.js';
import { CaseTimeline } from '../office/case-timeline.js';
import { Card } from '../parts/card.js';
import { SideMark } from '../parts/side-mark.js';
import { WhoSees } from '../parts/who-sees.js';
import { SchedulePanel } from '../schedule/schedule-panel.js';
import { useText } from '../words.js';
import styles from './under-rooms.module.css';

/** Below the rooms: hours, papers, who takes part, what was applied for, how it has gone. */
export function UnderRooms({ found, isOwn }: { found: CaseView; isOwn: boolean }) {
  const t = useText('mediator', 'desk');
  const isLive = (liveStates as readonly string[]).includes(found.state);
  return (
    <div className={styles.under}>
      <div className="stack">
        <Papers found={found} />
        <CaseFiles caseId={found.id} />
        {isLive && isOwn && <SchedulePanel caseId={found.id} />}
        <Participants found={found} />
      </div>
      <div className="stack">
        {found.claim && <Claim claim={found.claim} />}
        <DeadlinesCard found={found} />
        <Card title={t('desk.timeline')}>
          <CaseTimeline caseId={found.id} />
        </Card>
      </div>
    </div>
  );
}

function Participants({ found: { parties } }: { found: CaseView }) {
  const t = useText('mediator', 'desk');
  return (
    <Card title={t('mediator.participants')}>
      <ul className={`plain ${styles.list}`}>
        {parties.map(({ id, side, name, representative }) => (
          <li key={id}>
            <SideMark side={side} />
            <br />
            {name}
            {representative && (
              <>
                <br />
                <span className="small muted">{t('desk.party.by', { name: representative })}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Papers({ found: { papers } }: { found: CaseView }) {
  const t = useText('mediator', 'papers');
  return (
    <Card title={t('mediator.papers')}>
      {papers.length === 0 && <p>{t('mediator.papers.none')}</p>}
      <ul className={`plain ${styles.list}`}>
        {papers.map(({ id, kind, frozen, concluded, superseded, confirmedByViewer }) => (
          <li key={id}>
            <Link to={`/papers/${id}`}>{t(`papers.${kind}`)}</Link>
            <br />
            <span className="small muted">
              {t(
                `papers.state.${superseded ? 'superseded' : concluded ? 'concluded' : confirmedByViewer ? 'mine' : frozen ? 'sent' : 'draft'}`,
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Claim({ claim }: { claim: NonNullable<CaseView['claim']> }) {
  const t = useText('mediator', 'desk');
  return (
    <Card title={t('mediator.claim')}>
      <h3>{claim.title}</h3>
      <p className={styles.words}>{claim.claimText}</p>
      <h4>{t('desk.application.outcome')}</h4>
      <p className={styles.words}>{claim.desiredOutcome}</p>
      {claim.amountKzt !== null && (
        <p>
          {t('desk.application.amount')}: <b>{money(claim.amountKzt)}</b>
        </p>
      )}
      <WhoSees>{t('mediator.claim.sees')}</WhoSees>
    </Card>
  );
}
