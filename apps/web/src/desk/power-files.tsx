import { useState } from 'react';
import { type CaseView, type Side, sides } from '#contract';
import { CaseFiles } from '../files/case-files.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** Powers of attorney that came to the desk on paper: whose, and the scan. Asked for where somebody acts for another; those that came are always shown. */
export function PowerFiles({ found: { id: caseId, parties } }: { found: CaseView }) {
  const t = useText('desk');
  const [side, setSide] = useState<Side>('A');
  if (!parties.some(({ representative, mayEndAttorney }) => representative || mayEndAttorney))
    return <CaseFiles caseId={caseId} purposes={['power']} />;
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
