import type { PartyView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';

/** One power of attorney ends; the others that its holder has stay. */
export function EndAttorney({ caseId, party: { id, name } }: { caseId: string; party: PartyView }) {
  const t = useText('case');
  const ending = useCaseChange(caseId, () => ({ path: `/cases/${caseId}/ended-attorneys`, body: { partyId: id } }));
  return (
    <>
      {ending.error && <Failure of={ending.error} />}
      <Confirm
        tone="quiet"
        label={t('case.attorney.end')}
        question={t('case.attorney.question', { name })}
        text={t('case.attorney.text')}
        confirmLabel={t('case.attorney.end')}
        busy={ending.isPending}
        onConfirm={() => ending.mutate()}
      />
    </>
  );
}
