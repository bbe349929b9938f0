import { type ReactNode, useState } from 'react';
import { Button } from '../parts/button.js';
import { useText } from '../words.js';
import styles from './folded.module.css';

const step = 10;

/** Ten of a long list, and ten more each time somebody asks. */
export function FirstRows<Row>({ of, children }: { of: readonly Row[]; children: (rows: Row[]) => ReactNode }) {
  const t = useText();
  const [count, setCount] = useState(step);
  return (
    <>
      {children(of.slice(0, count))}
      {count < of.length && (
        <p className={styles.more}>
          <Button tone="second" onClick={() => setCount(count + step)}>
            {t('common.more')}
          </Button>
        </p>
      )}
    </>
  );
}
