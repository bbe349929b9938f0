import { useState } from 'react';
import { type Side, sides } from '#contract';
import { CaseFiles } from '../files/case-files.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** Powers of attorney that came to the desk on paper: whose, and the scan. */
export function PowerFiles({ caseId }: { caseId: string }) {
  const t = useText('desk');
  const [side, setSide] = useState<Side>('A');
  return (
    <CaseFiles caseId={caseId} adds="power" side={side} purposes={['power']}>
      <SelectField
        name="powerSide"
        label={t('desk.power.side')}
        value={side}
        onChange={({ target }) => setSide(sides.find((one) => one === target.value) ?? side)}
      >
        {sides.map((one) => (
          <option key={one} value={one}>
            {t(`parts.side.${one}`)}
          </option>
        ))}
      </SelectField>
    </CaseFiles>
  );
}
