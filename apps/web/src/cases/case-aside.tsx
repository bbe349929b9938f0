import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { type CaseState, type CaseView, liveStates } from '#contract';
import { money } from '#language';
import { Card } from '../parts/card.js';
import { SideMark } from '../parts/side-mark.js';
import { useText } from '../words.js';
import { EndAttorney } from './end-attorney.js';
import styles from './case-aside.module.css';
import { WaysOut } from './ways-out.js';
import { WhyThisMediator } from './why-mediator.js';

/** Who takes part, the papers, what one wrote, and the way out. */
export function CaseAside({ found }: { found: CaseView }) {
  return (
    <aside className="stack">
      <People found={found} />
      <Papers found={found} />
      <Files found={found} />
      <Claim found={found} />
      <WaysOut found={found} />
    </aside>
  );
}

function People({ found: { id: caseId, state, parties, mediator } }: { found: CaseView }) {
  const t = useText('case', 'conflicts');
  return (
    <Card title={t('case.people')}>
      <ul className={`plain ${styles.list}`}>
        {parties.map((party) => {
          const { id, side, name, representative, isViewer, joined, mayEndAttorney } = party;
          return (
            <li key={id}>
              <SideMark side={side} />
              <br />
              {name}
              {representative && `, ${representative}`}
              {isViewer && ` – ${t('case.people.you')}`}
              {!joined && <span className={styles.note}>{t('case.people.invited')}</span>}
              {mayEndAttorney && <EndAttorney caseId={caseId} party={party} />}
            </li>
          );
        })}
        <li>
          <SideMark side="mediator" />
          <br />
          {mediator ? mediator.name : <span className="muted">{t('case.people.none')}</span>}
          {mediator && <span className={styles.note}>{t(`case.people.${mediator.kind}`)}</span>}
        </li>
      </ul>
      {mediator && <WhyThisMediator caseId={caseId} />}
      {state !== 'DRAFT' && (
        <p className="small">
          <Link className={styles.way} to={`/cases/${caseId}/looks`}>
            {t('case.looks')}
          </Link>
        </p>
      )}
      {mediator && objectable.includes(state) && (
        <p className="small">
          <Link className={styles.way} to={`/cases/${caseId}/objection`}>
            {t('conflicts.objection.link')}
          </Link>
        </p>
      )}
      {mediator && (
        <p className="small">
          <Link className={styles.way} to="/complaints">
            {t('conflicts.complaint.link')}
          </Link>
        </p>
      )}
    </Card>
  );
}

/** While the mediator can still be replaced. */
const objectable: readonly CaseState[] = ['MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING', ...liveStates];

/** Fetched when a case is looked at: the filing path carries nothing of it. */
const CaseFiles = lazy(() => import('../files/case-files.js').then((it) => ({ default: it.CaseFiles })));

function Files({ found: { id, state, parties } }: { found: CaseView }) {
  const isOver = state === 'CLOSED' || state === 'ARCHIVED' || !parties.some(({ representative }) => representative);
  return (
    <Suspense fallback={null}>
      <CaseFiles caseId={id} purposes={['application']} />
      <CaseFiles caseId={id} purposes={['power']} {...(isOver ? {} : { adds: 'power' as const })} />
    </Suspense>
  );
}

function Papers({ found: { papers } }: { found: CaseView }) {
  const t = useText('case');
  if (papers.length === 0) return null;
  return (
    <Card title={t('case.papers')}>
      <ul className={`plain ${styles.list}`}>
        {papers.map(({ id, kind, frozen, concluded, superseded, confirmedByViewer }) => (
          <li key={id}>
            <Link to={`/papers/${id}`}>{t(`case.papers.${kind}`)}</Link>
            <span className={styles.note}>
              {t(
                `case.papers.${superseded ? 'superseded' : concluded ? 'concluded' : confirmedByViewer ? 'mine' : frozen ? 'open' : 'draft'}`,
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Claim({ found: { claim, summary, viewerIs } }: { found: CaseView }) {
  const t = useText('case');
  const isOwn = viewerIs === 'party_a' && claim?.claimText;
  if (!isOwn && !summary) return null;
  return (
    <Card title={t(isOwn ? 'case.claim' : 'case.summary')}>
      {isOwn ? (
        <dl className={styles.claim}>
          <dt>{t('case.claim.story')}</dt>
          <dd>{claim.claimText}</dd>
          <dt>{t('case.claim.wish')}</dt>
          <dd>{claim.desiredOutcome}</dd>
          {claim.amountKzt !== null && (
            <>
              <dt>{t('case.claim.amount')}</dt>
              <dd>{money(claim.amountKzt)}</dd>
            </>
          )}
        </dl>
      ) : (
        <p>{summary}</p>
      )}
    </Card>
  );
}
