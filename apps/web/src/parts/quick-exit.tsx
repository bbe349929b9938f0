import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useText } from '../words.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import styles from './quick-exit.module.css';

/** Somewhere nobody asks about; it takes this page's place in the history, so "back" does not return here. */
const elsewhere = 'https://www.kazhydromet.kz/';
const leave = () => location.replace(elsewhere);

/** "Leave this page quickly": a button that stays in sight, and the Esc key twice. */
export function QuickExit() {
  const t = useText();
  useEffect(() => {
    let last = 0;
    const listen = ({ key, timeStamp }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      if (timeStamp - last < 1_500) leave();
      last = timeStamp;
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  return (
    <div className={styles.exit}>
      <Button tone="second" small onClick={leave}>
        <Icon of={IconX} />
        {t('parts.leaveQuickly')}
      </Button>
      <span className="small muted">{t('parts.leaveQuickly.keys')}</span>
    </div>
  );
}
