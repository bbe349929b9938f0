import type { RoomView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import styles from './gatherings.module.css';

const quarter = 15;
const mutable: readonly string[] = ['party', 'interpreter'];

/** One person is asked not to write in the joint room for a while; she and the mediator are told, nobody else. */
export function MuteCard({ caseId, joint }: { caseId: string; joint: RoomView | undefined }) {
  const t = useText('gatherings');
  const mute = useCaseChange<{ personId: string; minutes: number }>(caseId, (body) => ({ path: `/rooms/${joint!.id}/mute`, body }));
  if (!joint || joint.state === 'read_only') return null;
  return (
    <Card title={t('gatherings.mute.title')}>
      <p className="small">{t('gatherings.mute.text')}</p>
      <ul className={`plain ${styles.rows}`}>
        {joint.members
          .filter(({ capacity }) => mutable.includes(capacity))
          .map(({ personId, name, isMuted }) => (
            <li key={personId} className={styles.row}>
              <span>
                {name}
                {isMuted && <span className="small muted"> – {t('gatherings.mute.is')}</span>}
              </span>
              <Button small tone="quiet" busy={mute.isPending} onClick={() => mute.mutate({ personId, minutes: isMuted ? 0 : quarter })}>
                {t(isMuted ? 'gatherings.mute.undo' : 'gatherings.mute.do')}
                <span className="vh">: {name}</span>
              </Button>
            </li>
          ))}
      </ul>
      {mute.error && <Failure of={mute.error} />}
    </Card>
  );
}
