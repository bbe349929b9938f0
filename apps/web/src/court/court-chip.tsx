import type { CourtState } from '#contract';
import { StatusChip } from '../parts/status-chip.js';
import { useText } from '../words.js';

/** A court is told of one state that no case has: why mediation did not start is not its business. */
export function CourtChip({ state }: { state: CourtState }) {
  const t = useText('court');
  return state === 'NOT_STARTED' ? <StatusChip state="WITHDRAWN" name={t('court.notStarted')} /> : <StatusChip state={state} />;
}
