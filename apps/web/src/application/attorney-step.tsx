import type { ComponentProps } from 'react';
import { useParams } from 'react-router';
import { CaseFiles } from '../files/case-files.js';
import { useText } from '../words.js';
import { AttorneyFields } from './attorney-fields.js';

/** A power of attorney in the application's own step: what is written in it, and the paper itself, which may also come later. */
export function AttorneyStep(asked: ComponentProps<typeof AttorneyFields>) {
  const t = useText('files');
  const { caseId = '' } = useParams();
  return (
    <>
      <AttorneyFields {...asked} />
      <p className="small">{t('files.hint.power')}</p>
      <CaseFiles caseId={caseId} adds="power" purposes={['power']} />
    </>
  );
}
