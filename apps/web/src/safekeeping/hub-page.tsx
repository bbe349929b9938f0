import { IconAlertTriangle, IconDatabaseImport, IconKey, IconMailForward } from '@tabler/icons-react';
import { LinkRows } from '../parts/link-rows.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

const duties = [
  ['openings', IconKey],
  ['incidents', IconAlertTriangle],
  ['witnesses', IconMailForward],
  ['drills', IconDatabaseImport],
] as const;

/** What an administrator answers for besides accounts. */
export function SafekeepingPage() {
  const t = useText('safekeeping');
  return (
    <>
      <PageHead title={t('safekeeping.title')} />
      <LinkRows
        or={false}
        rows={duties.map(([duty, icon]) => ({
          to: `/admin/safekeeping/${duty}`,
          icon,
          name: t(`safekeeping.${duty}`),
          hint: t(`safekeeping.${duty}.hint`),
        }))}
      />
    </>
  );
}
