import styles from './ornament-line.module.css';

/** One thin gold line, once a page, never on staff screens or in rooms. */
export const OrnamentLine = () => <div className={styles.ornament} aria-hidden />;
