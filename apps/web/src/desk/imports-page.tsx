import { useText } from '../words.js';
import { PageHead } from '../parts/page-head.js';
import { ImportTable } from './import-table.js';
import { RegisterTables } from './register-tables.js';

/** A court's table of cases, and one of mediators: what would happen, taken in, taken back. */
export function ImportsPage() {
  const t = useText('desk');
  return (
    <>
      <PageHead title={t('desk.imports.title')} lead={t('desk.imports.lead')} back="/desk" backLabel={t('desk.toQueue')} />
      <ImportTable kind="referrals" path="/imports" />
      <h2>{t('desk.imports.kind.mediators')}</h2>
      <RegisterTables kinds={['mediators']} />
    </>
  );
}
