import { lazy, Suspense } from 'react';
import { Link, useParams } from 'react-router';
import type { CaseView } from '#contract';
import { useLive } from '../live/use-live.js';
import { Failure } from '../parts/failure.js';
import { classes } from '../parts/classes.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';
import { CaseAside } from './case-aside.js';
import { CaseCourse } from './case-course.js';
import { CaseNow } from './case-now.js';
import { CaseRooms } from './case-rooms.js';
import { ChoosingCard } from './choosing-card.js';
import { DeadlinesCard } from './deadlines-card.js';
import { DisclosureCard } from './disclosure-card.js';
import styles from './case-now.module.css';
import { useCase } from './cases.js';
import { NextMeeting } from './next-meeting.js';
import { ToCourtCard } from './to-court-card.js';
import { SatisfactionCard } from './satisfaction-card.js';

/** Few applications are refused: the others' page does not carry it. */
const RefusalReason = lazy(() => import('./refusal-reason.js').then((it) => ({ default: it.RefusalReason })));

/** Nor is a settlement often refused. */
const AnewCard = lazy(() => import('./anew-card.js').then((it) => ({ default: it.AnewCard })));

/** A party's case: one sentence, one button, one date, who sees it; then rooms, the next meeting and how it has gone. */
export function CasePage() {
  const { caseId = '' } = useParams();
  const found = useCase(caseId);
  useLive();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <CaseHome found={found.data} />;
}

function CaseHome({ found }: { found: CaseView }) {
  const t = useText('case');
  const { category } = useNames();
  const number = found.number ? t('case.number', { number: found.number }) : t('case.draft');
  return (
    <div className="cols">
      <div>
        <PageHead
          title={found.title || t('case.list.untitled')}
          eyebrow={[number, category(found.category)].filter(Boolean).join(' · ')}
          back="/cases"
          backLabel={t('case.title')}
        />
        <CaseNow found={found} />
        <Suspense fallback={null}>
          {found.state === 'REFUSED_SCOPE' && found.viewerIs === 'party_a' && <RefusalReason caseId={found.id} />}
        </Suspense>
        <ToCourtCard found={found} />
        <Suspense fallback={null}>{found.state === 'COURT_REFUSED' && <AnewCard found={found} />}</Suspense>
        <ChoosingCard found={found} />
        <DisclosureCard found={found} />
        <CaseRooms found={found} />
        {mayAnswer(found) && (
          <p className={classes('small', styles['asked'])}>
            <Link to={`/cases/${found.id}/safety`}>{t('case.safety')}</Link>
          </p>
        )}
        <NextMeeting found={found} />
        <DeadlinesCard found={found} />
        <CaseCourse found={found} />
        <SatisfactionCard found={found} />
      </div>
      <CaseAside found={found} />
    </div>
  );
}

/** Whether the sides may meet is decided before rooms are opened, and not where all is over. */
const mayAnswer = ({ state, contractAt, nextActor }: CaseView) =>
  contractAt === null && state !== 'DRAFT' && state !== 'RETURNED' && nextActor !== 'nobody';
