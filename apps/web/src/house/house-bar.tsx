import { useEffect, useRef } from 'react';
import { Actions, Button, ButtonLink } from '../parts/button.js';
import { useText } from '../words.js';
import styles from './house.module.css';
import { endHouseSession } from './leave.js';
import { useIdle } from './use-idle.js';

/** Over every page of a session at the House's computer: whose computer it is, the way out, and the warning before it ends by itself. */
export function HouseBar() {
  const t = useText('house');
  const { left, stay } = useIdle();
  useEffect(() => {
    // The browser would offer what was typed here to whoever sits down next.
    const forget = ({ target }: FocusEvent) => target instanceof HTMLInputElement && target.setAttribute('autocomplete', 'off');
    addEventListener('focusin', forget);
    return () => removeEventListener('focusin', forget);
  }, []);
  return (
    <div className={styles.bar}>
      <div className="wrap">
        <p>{t('house.bar')}</p>
        <ButtonLink small tone="second" to="/house/slip">
          {t('house.finish')}
        </ButtonLink>
      </div>
      {left !== null && <StillHere left={left} onStay={stay} />}
    </div>
  );
}

function StillHere({ left, onStay }: { left: number; onStay: () => void }) {
  const t = useText('house');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.still} aria-labelledby="still-here" onCancel={onStay}>
      <h2 id="still-here">{t('house.still')}</h2>
      <p role="timer">{t('house.still.text', { count: left })}</p>
      <Actions>
        <Button onClick={onStay}>{t('house.stay')}</Button>
        <Button tone="quiet" onClick={() => void endHouseSession()}>
          {t('house.finish')}
        </Button>
      </Actions>
    </dialog>
  );
}
