import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';
import { StandingWarnings } from './standing-warnings.js';

export function WarningsPage() {
  const t = useText('warnings');
  return (
    <div className="narrow stack">
      <PageHead title={t('warnings.title')} lead={t('warnings.lead')} />
      <StandingWarnings whole />
    </div>
  );
}
