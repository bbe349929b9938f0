import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { z } from 'zod';
import { CouncilMeeting, type CouncilTask } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';
import { CallForm, MinutesForm, TaskForm } from './meeting-forms.js';
import styles from './council.module.css';
import { usePeriodName } from './use-period-name.js';

/** Meetings of the Coordinating Council; the desk, its secretary, has the forms. */
export function CouncilMeetingsPage() {
  const t = useText('council');
  const isDesk = useSession()?.role === 'coordinator';
  const found = useQuery({ queryKey: ['council'], queryFn: () => call(z.array(CouncilMeeting), '/council/meetings') });
  return (
    <>
      <PageHead title={t('council.title')} lead={t('council.lead')} />
      <p className={styles.screen}>
        <Button tone="second" small onClick={() => print()}>
          {t('council.print')}
        </Button>
      </p>
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p>{t('council.none')}</p>}
      <div className="stack">
        {found.data?.map((meeting) => (
          <Meeting key={meeting.id} of={meeting} isDesk={isDesk} />
        ))}
      </div>
      {isDesk && <CallForm />}
    </>
  );
}

function Meeting({ of, isDesk }: { of: CouncilMeeting; isDesk: boolean }) {
  const t = useText('council', 'reports');
  const dates = useDates();
  const periodName = usePeriodName();
  const state = t(of.heldAt ? 'council.state.held' : 'council.state.coming');
  return (
    <Card title={`${dates.moment(of.startsAt)}, ${state}`}>
      <p>
        {t('council.place')}: {of.place}
        {of.attended !== null && (
          <>
            <br />
            {t('council.attended', { n: of.attended })}
          </>
        )}
      </p>
      <h3>{t('council.agenda')}</h3>
      <ol>
        {of.items.map(({ no, topic, decision }) => (
          <li key={no} value={no}>
            {topic}
            {of.heldAt && (
              <>
                <br />
                <b>{t('council.decision')}:</b> {decision ?? <span className="muted">{t('council.decision.none')}</span>}
              </>
            )}
          </li>
        ))}
      </ol>
      {(of.materials || of.period) && <h3>{t('council.materials')}</h3>}
      {of.materials && <p style={{ whiteSpace: 'pre-line' }}>{of.materials}</p>}
      {of.period && (
        <p>
          <Link to={`/council?period=${of.period}`}>{t('council.period', { period: periodName(of.period) })}</Link>
        </p>
      )}
      {of.heldAt && <Tasks of={of.tasks} />}
      {isDesk && <MinutesForm of={of} />}
      {isDesk && of.heldAt && <TaskForm meetingId={of.id} />}
    </Card>
  );
}

function Tasks({ of }: { of: CouncilTask[] }) {
  const t = useText('council');
  const dates = useDates();
  return (
    <DataTable<CouncilTask>
      caption={t('council.tasks')}
      rows={of}
      rowKey={({ id }) => id}
      empty={<p>{t('council.tasks.none')}</p>}
      columns={[
        { key: 'task', label: t('council.task'), whole: true, cell: ({ task }) => task },
        { key: 'responsible', label: t('council.responsible'), cell: ({ responsible }) => responsible },
        { key: 'due', label: t('council.due'), cell: ({ dueOn }) => dates.inWords(`${dueOn}T05:00:00Z`) },
        {
          key: 'state',
          label: t('council.task.state'),
          cell: (task) => (
            <>
              {task.doneAt ? t('council.task.done', { when: dates.inWords(task.doneAt) }) : !task.overdue && t('council.task.open')}
              {task.overdue && <b>{task.doneAt ? `, ${t('council.task.overdue')}` : t('council.task.overdue')}</b>}
              {!task.doneAt && <EndTask task={task} />}
            </>
          ),
        },
      ]}
    />
  );
}

function EndTask({ task: { id, task } }: { task: CouncilTask }) {
  const t = useText('council');
  const cache = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(z.unknown(), `/council/tasks/${id}/completion`, { method: 'PUT', body: { outcome: '' } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['council'] }),
  });
  return (
    <span className={styles.screen}>
      <Confirm
        tone="quiet"
        label={t('council.task.end')}
        question={task}
        text={t('council.task.end.text')}
        confirmLabel={t('council.task.end')}
        busy={end.isPending}
        onConfirm={() => end.mutate()}
      />
    </span>
  );
}
