import { ButtonLink } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** What who comes next finds: nothing, and the operator's way back, by his second factor. */
export function OverPage() {
  const t = useText('house');
  return (
    <div className="narrow stack">
      <PageHead title={t('house.over')} lead={t('house.over.text')} />
      <p>
        <ButtonLink tone="second" to="/desk">
          {t('house.over.operator')}
        </ButtonLink>
      </p>
    </div>
  );
}
