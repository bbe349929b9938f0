import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CourtAct, CourtActs, type CourtRow } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { SummaryList } from '../parts/summary-list.js';
import { useDates, useText } from '../words.js';
import { ActForm } from './act-form.js';
import styles from './court.module.css';
import { useActs } from './use-acts.js';

/** What the court entered of this case, in its order. What was corrected stays to be read; a correction waits for a second person. */
export function ActsCard({ row }: { row: CourtRow }) {
  const t = useText('court');
  const found = useQuery({ queryKey: ['court', 'acts', row.id], queryFn: () => call(CourtActs, `/court/cases/${row.id}/acts`) });
  if (!found.data) return null;
  const mayEnter = row.board !== 'ended';
  const lastRuling = found.data.findLast(({ kind, corrects }) => kind === 'ruling' && !corrects)?.id;
  const isSuspended =
    found.data.findLast(({ kind, corrects }) => !corrects && (kind === 'suspension' || kind === 'resumption'))?.kind === 'suspension';
  return (
    <Card title={t('court.acts')}>
      {found.data.length === 0 && <p className="muted">{t(row.state === 'AT_COURT' ? 'court.acts.waits' : 'court.acts.none')}</p>}
      {found.data.map((act) => (
        <Act
          key={act.id}
          act={act}
          caseId={row.id}
          isPast={act.kind === 'ruling' && (act.corrects ?? act.id) !== lastRuling}
          isOpen={found.data.some(({ corrects, accepted }) => corrects === (act.corrects ?? act.id) && accepted === null)}
        />
      ))}
      {row.state === 'AT_COURT' && <ActForm caseId={row.id} kind="ruling" />}
      {mayEnter && <ActForm caseId={row.id} kind="term" />}
      {isSuspended ? <ActForm caseId={row.id} kind="resumption" /> : mayEnter && <ActForm caseId={row.id} kind="suspension" />}
    </Card>
  );
}

function Act({ act, caseId, isOpen, isPast }: { act: CourtAct; caseId: string; isOpen: boolean; isPast: boolean }) {
  const t = useText('court');
  const dates = useDates();
  const [correcting, setCorrecting] = useState(false);
  const said = act.corrects ? (act.accepted === null ? 'waits' : act.accepted ? 'accepted' : 'declined') : null;
  return (
    <section className={styles.act}>
      <h3>
        {t(`court.act.${act.kind}`)}
        {said && `: ${t(`court.correction.${said}`)}`}
        {!act.standing && !said && `: ${t('court.correction.former')}`}
      </h3>
      <SummaryList
        rows={[
          { label: t('court.act.on'), value: dates.withWeekday(`${act.on}T00:00:00+05:00`) },
          ...(act.until ? [{ label: t('court.act.until'), value: dates.withWeekday(`${act.until}T00:00:00+05:00`) }] : []),
          ...(act.number ? [{ label: t('court.act.number'), value: <span className="num">{act.number}</span> }] : []),
          ...(act.outcome ? [{ label: t('court.act.outcome'), value: t(`court.outcome.${act.outcome}`) }] : []),
          ...(act.grounds.length > 0
            ? [{ label: t('court.act.grounds'), value: act.grounds.map((ground) => t(`court.why.${ground}`)).join('; ') }]
            : []),
          ...(act.outcome === 'approved' ? [{ label: t('court.act.refund'), value: refundOf(act, t) }] : []),
          { label: t('court.act.by'), value: `${act.enteredBy}, ${dates.moment(act.enteredAt)}` },
          ...(act.decidedBy ? [{ label: t('court.act.decided'), value: `${act.decidedBy}, ${dates.moment(act.decidedAt!)}` }] : []),
        ]}
      />
      {act.mayDecide && <Decision act={act} caseId={caseId} />}
      {act.corrects && act.accepted === null && !act.mayDecide && <p className="small muted">{t('court.correction.second')}</p>}
      {act.standing && !isOpen && !isPast && !correcting && (
        <Button small tone="quiet" onClick={() => setCorrecting(true)}>
          {t('court.correction.propose')}
        </Button>
      )}
      {correcting && !isOpen && <ActForm caseId={caseId} kind={act.kind} corrects={act.corrects ?? act.id} />}
    </section>
  );
}

const refundOf = ({ dutyRefund, dutyAmount }: CourtAct, t: ReturnType<typeof useText<'court'>>) =>
  dutyRefund
    ? dutyAmount
      ? t('court.refund.sum', { sum: dutyAmount.toLocaleString('ru-RU') })
      : t('court.refund.yes')
    : t('court.refund.no');

function Decision({ act, caseId }: { act: CourtAct; caseId: string }) {
  const t = useText('court');
  const decide = useActs<boolean>(caseId, (accepted) => ({ path: `/court/acts/${act.id}/decision`, method: 'PUT', body: { accepted } }));
  return (
    <div className={styles.acts}>
      <Button small busy={decide.isPending} onClick={() => decide.mutate(true)}>
        {t('court.correction.accept')}
      </Button>
      <Button small tone="second" onClick={() => decide.mutate(false)}>
        {t('court.correction.decline')}
      </Button>
      {decide.isError && <Failure of={decide.error} />}
    </div>
  );
}
