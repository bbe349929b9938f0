import { IconMessage2, IconSend2 } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { z } from 'zod';
import type { ApplicationView } from '#contract';
import { call } from '../api.js';
import { useComplaintText } from '../complaints.js';
import { Banner, Notice } from '../parts/banner.js';
import { Actions, Button, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { Timeline } from '../parts/timeline.js';
import { Waiting } from '../parts/waiting.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { useApplication } from './application.js';
import { stepOf } from './question-step-page.js';
import { type StepId, steps } from './steps.js';
import { useAnswerRows } from './answer-rows.js';

const ConfirmAtDesk = lazy(() => import('./confirm-at-desk.js').then((it) => ({ default: it.ConfirmAtDesk })));

/** Few act by one. */
const AttorneyRows = lazy(() => import('./attorney-rows.js').then((it) => ({ default: it.AttorneyRows })));

/** Fetched beside the page: papers are no condition. */
const CaseFiles = lazy(() => import('../files/case-files.js').then((it) => ({ default: it.CaseFiles })));

export function CheckAnswersPage() {
  const { caseId = '' } = useParams();
  const found = useApplication(caseId);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  if (found.data.state !== 'DRAFT' && found.data.state !== 'RETURNED') return <Navigate replace to={`/apply/${caseId}/sent`} />;
  return <CheckAnswers application={found.data} />;
}

/** Everything that was answered, what is missing, and the one button that sends it. */
function CheckAnswers({ application }: { application: ApplicationView }) {
  const t = useText('application');
  const navigate = useNavigate();
  const cache = useQueryClient();
  const session = useSession();
  const isDesk = session?.role === 'coordinator';
  const { caseId, state, version, returnNotes } = application;
  const [firstGap] = Object.keys(application.missing);
  const isWhole = firstGap === undefined;
  const rows = useAnswerRows(application);
  const acting = application.answers.own?.representative;
  const sending = useMutation({
    mutationFn: () =>
      call(z.unknown(), `/cases/${caseId}/moves`, {
        method: 'POST',
        body: { action: state === 'DRAFT' ? 'submit' : 'resubmit' },
        key: `${caseId}:${version}`,
      }),
    onSuccess: () => {
      cache.removeQueries({ queryKey: ['cases'] });
      return navigate(`/apply/${caseId}/sent`, { replace: true });
    },
  });
  return (
    <div className="cols">
      <div>
        <PageHead title={t('application.check')} back={`/apply/${caseId}/${steps.at(-1)?.id}`} />
        <Banner icon={IconSend2}>{t('application.check.banner')}</Banner>
        {returnNotes && (
          <Notice icon={IconMessage2}>
            <p>
              <b>{t('application.check.returned')}</b>
              <br />
              {returnNotes}
            </p>
          </Notice>
        )}
        <Returned of={application} />
        <Missing of={application} />
        <h2>{t('application.check.dispute')}</h2>
        <SummaryList rows={rows.dispute} />
        <h2>{t(isDesk ? 'application.check.applicant' : 'application.check.you')}</h2>
        <SummaryList rows={rows.you} />
        <Suspense fallback={<Waiting />}>{acting?.kind === 'poa' && <AttorneyRows caseId={caseId} attorney={acting.attorney} />}</Suspense>
        <h2>{t('application.check.other')}</h2>
        <SummaryList rows={rows.other} />
        <div className="stack">
          <Suspense fallback={null}>
            <CaseFiles caseId={caseId} adds="application" />
          </Suspense>
          {sending.isError && <Failure of={sending.error} />}
          <Suspense fallback={null}>{isDesk && isWhole && <ConfirmAtDesk caseId={caseId} />}</Suspense>
        </div>
        {!isDesk && (
          <Actions>
            {isWhole ? (
              <Button busy={sending.isPending} onClick={() => sending.mutate()}>
                {t('application.check.send')}
              </Button>
            ) : (
              <ButtonLink to={`/apply/${caseId}/${stepOf(firstGap)?.id ?? 'kind'}`}>{t('common.continue')}</ButtonLink>
            )}
            <ButtonLink tone="quiet" to="/cases">
              {t('common.saveAndLeave')}
            </ButtonLink>
            {!session?.atHouse && (
              <ButtonLink tone="quiet" to={`/elsewhere/${caseId}`}>
                {t('application.elsewhere')}
              </ButtonLink>
            )}
          </Actions>
        )}
      </div>
      <WhatFollows />
    </div>
  );
}

/** The desk's notes, each with the way to the answer it is about. */
function Returned({ of: { caseId, returnFields } }: { of: ApplicationView }) {
  const t = useText('application');
  if (returnFields.length === 0) return null;
  return (
    <Card title={t('application.note.list')}>
      <ul>
        {returnFields.map(({ field, note, changed }) => {
          const step: StepId = stepOf(field)?.id ?? 'kind';
          return (
            <li key={field}>
              <Link to={`/apply/${caseId}/${step}`}>{t(`application.${step}`)}</Link> {note}
              {changed && <span className="small muted"> {t('application.note.changed')}</span>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Missing({ of: { caseId, missing } }: { of: ApplicationView }) {
  const t = useText('application');
  const say = useComplaintText();
  const fields = Object.entries(missing).filter(([, complaint]) => complaint !== 'not_mended'); // those stand with their notes
  if (fields.length === 0) return null;
  return (
    <Card title={t('application.check.missing')}>
      <ul>
        {fields.map(([field, complaint]) => {
          const step: StepId = stepOf(field)?.id ?? 'kind';
          return (
            <li key={field}>
              <Link to={`/apply/${caseId}/${step}`}>{t(`application.${step}`)}</Link> {say(complaint)}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function WhatFollows() {
  const t = useText('application');
  return (
    <aside className="stack">
      <Card title={t('application.check.seen')}>
        <p className="small">{t('application.check.seen.text')}</p>
      </Card>
      <Card title={t('application.check.next')}>
        <Timeline
          items={([1, 2, 3] as const).map((at) => ({
            id: String(at),
            when: t(`application.check.next.${at}`),
            text: t(`application.check.next.${at}.text`),
            ahead: true,
          }))}
        />
      </Card>
    </aside>
  );
}
