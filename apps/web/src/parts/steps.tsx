import styles from './steps.module.css';

/** What happens, in its order. */
export function Steps({ steps }: { steps: { name: string; text?: string }[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map(({ name, text }) => (
        <li key={name}>
          <b>{name}</b>
          {text && <p>{text}</p>}
        </li>
      ))}
    </ol>
  );
}
