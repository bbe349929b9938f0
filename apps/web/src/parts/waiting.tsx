import { useText } from '../words.js';
import styles from './waiting.module.css';

/** The word at once; still grey bars only when it takes longer than 400 ms. */
export function Waiting({ word }: { word?: string }) {
  const t = useText();
  return (
    <div aria-live="polite" aria-busy className={styles.waiting}>
      <p className="muted">{word ?? t('parts.waiting')}</p>
      <div className={styles.bars} aria-hidden>
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
