import type { InvitationView } from '#contract';
import { Actions, ButtonLink } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** The letter after it was answered, after its time, or taken back: quiet, and with the way that is left. */
export function InvitationClosed({ letter: { state, caseId } }: { letter: InvitationView }) {
  const t = useText('invited');
  if (state === 'open') return null;
  return (
    <div className="narrow">
      <PageHead title={t(`invited.state.${state}`)} />
      <p>{t(`invited.state.${state}.text`)}</p>
      <Actions>
        {state === 'consented' ? (
          <ButtonLink to={caseId ? `/cases/${caseId}` : '/cases'}>{t('invited.toCabinet')}</ButtonLink>
        ) : (
          <ButtonLink tone="second" to="/">
            {t('parts.toStart')}
          </ButtonLink>
        )}
      </Actions>
    </div>
  );
}
