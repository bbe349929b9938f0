import { useState } from 'react';
import { importColumns, type RegisterKind } from '#contract';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { ImportTable } from './import-table.js';

/** Tables of registers: which one, what its columns are, and the way in. */
export function RegisterTables({ kinds }: { kinds: readonly [RegisterKind, ...RegisterKind[]] }) {
  const t = useText('desk');
  const [kind, setKind] = useState<RegisterKind>(kinds[0]);
  return (
    <>
      {kinds.length > 1 && (
        <SelectField
          name="kind"
          label={t('desk.imports.kind')}
          value={kind}
          onChange={({ target }) => setKind(kinds.find((one) => one === target.value) ?? kind)}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`desk.imports.kind.${one}`)}
            </option>
          ))}
        </SelectField>
      )}
      <p>{t(`desk.imports.about.${kind}`)}</p>
      <p>{t('desk.imports.columns', { columns: importColumns[kind].map((name) => t(`desk.imports.of.${name}`)).join(', ') })}</p>
      <ImportTable key={kind} kind={kind} path="/register-imports" query={`?kind=${kind}`} />
    </>
  );
}
