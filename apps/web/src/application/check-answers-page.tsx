import { IconMessage2, IconSend2 } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
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
import { ConfirmAtDesk } from './confirm-at-desk.js';
import { useApplication } from './application.js';
import { stepOf } from './question-step-page.js';
import { type StepId, steps } from './steps.js';
import { useAnswerRows } from './answer-rows.js';

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
  const session = useSession();
  const isDesk = session?.role === 'coordinator';
  const { caseId, state, version, returnNotes } = application;
  const rows = useAnswerRows(application);
  const sending = useMutation({
    mutationFn: () =>
      call(z.unknown(), `/cases/${caseId}/moves`, {
        method: 'POST',
        body: { action: state === 'DRAFT' ? 'submit' : 'resubmit' },
        key: `${caseId}:${version}`,
      }),
    onSuccess: () => navigate(`/apply/${caseId}/sent`, { replace: true }),
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
        <h2>{t('application.check.dispute')}</h2>
        <SummaryList rows={rows.dispute} />
        <h2>{t('application.check.you')}</h2>
        <SummaryList rows={rows.you} />
        <h2>{t('application.check.other')}</h2>
        <SummaryList rows={rows.other} />
        <Suspense fallback={null}>
          <CaseFiles caseId={caseId} adds="application" />
        </Suspense>
        <Missing of={application} />
        {sending.isError && <Failure of={sending.error} />}
        {isDesk && Object.keys(application.missing).length === 0 && <ConfirmAtDesk caseId={caseId} />}
        {!isDesk && (
          <Actions>
            <Button busy={sending.isPending} onClick={() => sending.mutate()}>
              {t('application.check.send')}
            </Button>
            <ButtonLink tone="quiet" to="/cases">
              {t('common.saveAndLeave')}
            </ButtonLink>
            {!session?.atHouse && (
              <ButtonLink tone="quiet" to={`/apply/${caseId}/elsewhere`}>
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
  const fields = Object.entries(missing);
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
