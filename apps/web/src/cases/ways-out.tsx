import type { CaseView, MoveCase } from '#contract';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { useMoveCase } from './cases.js';

/** What a party may end or ask for by itself, and with which ground. Two taps, no reason asked. */
const ways: { action: 'terminate' | 'withdraw' | 'reinvite'; says: 'leave' | 'withdraw' | 'reinvite'; move: MoveCase }[] = [
  { action: 'terminate', says: 'leave', move: { action: 'terminate', ground: '4' } },
  { action: 'withdraw', says: 'withdraw', move: { action: 'withdraw' } },
  { action: 'reinvite', says: 'reinvite', move: { action: 'reinvite' } },
];

export function WaysOut({ found: { id, actions } }: { found: CaseView }) {
  const t = useText('case');
  const moving = useMoveCase(id);
  return ways
    .filter(({ action }) => actions.includes(action))
    .map(({ action, says, move }) => (
      <div key={action}>
        <Confirm
          tone="quiet"
          label={t(`case.${says}`)}
          question={t(`case.${says}.question`)}
          text={t(`case.${says}.text`)}
          confirmLabel={t(`case.${says}.confirm`)}
          busy={moving.isPending}
          onConfirm={() => moving.mutate(move)}
        />
        {says === 'leave' && <p className="small muted">{t('case.leave.hint')}</p>}
        {moving.isError && <Failure of={moving.error} />}
      </div>
    ));
}
