import type { TimelineEntry } from '#contract';
import { CaseTimeline } from '../office/case-timeline.js';
import { useText } from '../words.js';
import { useDeliveries } from './deliveries.js';

/** The desk sees under each fact how its notices fared, and of a call whether somebody answered. */
export function DeskTimeline({ caseId }: { caseId: string }) {
  const t = useText('desk');
  const deliveries = useDeliveries(caseId).data ?? [];
  const more = ({ id, type, data }: TimelineEntry) => {
    if (type === 'party.called') return <> · {t(`desk.call.${data['code'] as 'reached'}`)}</>;
    const own = deliveries.filter((one) => one.sourceId === id);
    if (own.length === 0) return null;
    const told = (['failed', 'waiting', 'sent'] as const).flatMap((state) => {
      const count = own.filter((one) => one.state === state).length;
      return count > 0 ? t(`desk.delivery.count.${state}`, { n: count }) : [];
    });
    return (
      <>
        <br />
        <span className="small muted">{told.join(', ')}</span>
      </>
    );
  };
  return <CaseTimeline caseId={caseId} more={more} />;
}
