import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

export function StartPage() {
  const t = useText('start');
  return <PageHead title={t('start.title')} />;
}
