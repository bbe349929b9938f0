import { IconAlertCircle } from '@tabler/icons-react';
import { useLocation } from 'react-router';
import { Problem } from '../api.js';
import { useText } from '../words.js';
import { Button, ButtonLink } from './button.js';
import styles from './failure.module.css';
import { Icon } from './icon.js';

/** A refusal or a breakdown in words, with one thing to do. */
export function Failure({ of, onRetry }: { of: unknown; onRetry?: () => void }) {
  const t = useText();
  const { pathname } = useLocation();
  const code = of instanceof Problem ? of.code : 'internal';
  return (
    <div className={styles.failure} role="alert">
      <p>
        <Icon of={IconAlertCircle} />
        <span>
          <b className="vh">{t('parts.errors.word')} </b>
          {t(code === 'unauthenticated' ? 'parts.sessionEnded.text' : `errors.${code}`)}
        </span>
      </p>
      {code === 'unauthenticated' && (
        <ButtonLink small tone="second" to={`/sign-in?next=${encodeURIComponent(pathname)}`} target="_blank">
          {t('parts.signIn')}
        </ButtonLink>
      )}
      {onRetry && code !== 'unauthenticated' && (
        <Button small tone="second" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}
