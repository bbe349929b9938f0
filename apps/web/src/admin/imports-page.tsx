import { RegisterTables } from '../desk/register-tables.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** The administrator's tables: days off, courts. */
export function RegisterImportsPage() {
  const t = useText('desk');
  return (
    <>
      <PageHead title={t('desk.imports.registers')} lead={t('desk.imports.registers.lead')} />
      <RegisterTables kinds={['holidays', 'courts']} />
    </>
  );
}
