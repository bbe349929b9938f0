import { Actions, ButtonLink } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

export function AccessibilityPage() {
  const t = useText('about');
  return (
    <article className="narrow">
      <PageHead title={t('about.access.title')} lead={t('about.access.lead')} />
      <ul>
        {([1, 2, 3, 4] as const).map((at) => (
          <li key={at}>{t(`about.access.${at}`)}</li>
        ))}
      </ul>
      <Actions>
        <ButtonLink to="/reader">{t('about.access.open')}</ButtonLink>
      </Actions>
    </article>
  );
}
