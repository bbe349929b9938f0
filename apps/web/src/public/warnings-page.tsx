import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';
import { StandingWarnings } from './standing-warnings.js';

export function WarningsPage() {
  const t = useText('about');
  return (
    <div className="narrow stack">
      <PageHead title={t('about.warnings.title')} lead={t('about.warnings.lead')} />
      <StandingWarnings whole />
    </div>
  );
}
