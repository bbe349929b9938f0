import type { Complaints } from '../complaints.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { ConsentTick } from './consent.js';
import styles from './name-fields.module.css';

type Props = { complaints: Complaints; offerPassword?: boolean; names?: { surname: string; given: string; patronymic: string } };

/** Who somebody is, in their own writing, and their consent. */
export function NameFields({ complaints, offerPassword = false, names }: Props) {
  const t = useText('auth');
  return (
    <>
      <TextField
        name="surname"
        label={t('auth.surname')}
        complaint={complaints['surname']}
        defaultValue={names?.surname}
        autoComplete="family-name"
        maxLength={80}
      />
      <TextField
        name="given"
        label={t('auth.given')}
        complaint={complaints['given']}
        defaultValue={names?.given}
        autoComplete="given-name"
        maxLength={80}
      />
      <TextField
        name="patronymic"
        label={t('auth.patronymic')}
        optional
        complaint={complaints['patronymic']}
        defaultValue={names?.patronymic}
        autoComplete="additional-name"
        maxLength={80}
      />
      {offerPassword && (
        <details className={styles.more}>
          <summary>{t('auth.register.password')}</summary>
          <TextField
            name="password"
            type="password"
            label={t('auth.password')}
            hint={t('auth.password.hint')}
            optional
            complaint={complaints['password']}
            autoComplete="new-password"
          />
        </details>
      )}
      <ConsentTick complaint={complaints['consent']} />
    </>
  );
}
