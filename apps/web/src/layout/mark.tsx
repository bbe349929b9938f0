import { Link } from 'react-router';
import { fullName } from '#language';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import styles from './mark.module.css';

/** Two lines that meet, the product's name, and below it whose cabinet it is. */
export function Mark() {
  const t = useText();
  const person = useSession()?.person;
  return (
    <Link className={styles.mark} to="/">
      <svg viewBox="0 0 48 48" aria-hidden fill="none" stroke="currentColor" strokeWidth="4.6" strokeLinecap="round">
        <path d="M4 44.5C4 26 21.7 26.5 21.7 12.8C21.7 7.2 18.2 4 13.7 4C9.4 4 6.6 6.8 6.6 10.4" />
        <path d="M44 44.5C44 26 26.3 26.5 26.3 12.8C26.3 7.2 29.8 4 34.3 4C38.6 4 41.4 6.8 41.4 10.4" />
      </svg>
      <span>
        <b>{t('common.product')}</b>
        <small>{person ? fullName({ ...person, patronymic: null }) : t('common.cabinet')}</small>
      </span>
    </Link>
  );
}
