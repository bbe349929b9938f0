import { IconKey } from '@tabler/icons-react';
import { LinkRows } from '../parts/link-rows.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** What an administrator answers for besides accounts. */
export function SafekeepingPage() {
  const t = useText('safekeeping');
  const row = (path: string, icon: typeof IconKey, name: 'openings') => ({
    to: `/admin/safekeeping/${path}`,
    icon,
    name: t(`safekeeping.${name}`),
    hint: t(`safekeeping.${name}.hint`),
  });
  return (
    <>
      <PageHead title={t('safekeeping.title')} />
      <LinkRows or={false} rows={[row('openings', IconKey, 'openings')]} />
    </>
  );
}
