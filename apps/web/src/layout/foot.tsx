import { Link } from 'react-router';
import { PhoneLink } from '../parts/help-block.js';
import { useReference } from '../reference.js';
import { useText } from '../words.js';
import styles from './foot.module.css';

export function Foot() {
  const t = useText();
  return (
    <footer className={styles.foot}>
      <div className={`wrap ${styles.line}`}>
        <p>{t('common.house')}</p>
        <Link to="/warnings">{t('parts.foot.warnings')}</Link>
        <Link to="/accessibility">{t('parts.foot.access')}</Link>
        <Link to="/privacy">{t('parts.foot.privacy')}</Link>
      </div>
    </footer>
  );
}

/** Staff screens and rooms keep help to one line. */
export function SlimFoot() {
  const t = useText();
  const house = useReference()?.house;
  return (
    <footer className={styles.slim}>
      <div className="wrap">
        <span>{t('common.house')}</span>
        {house && <PhoneLink number={house.phone} />}
        <Link to="/check">{t('parts.help.check')}</Link>
      </div>
    </footer>
  );
}
