import { IconShieldHalf } from '@tabler/icons-react';
import type { CaseView } from '#contract';
import type { TextKey } from '#language';
import { Notice } from '../parts/banner.js';
import { Card } from '../parts/card.js';
import { useNames } from '../reference.js';
import { type Say, useText } from '../words.js';
import { DecisionForm } from './decision-form.js';
import { RefusalCard } from './refusal-card.js';
import { SimilarLine } from './similar-card.js';

/** What the program proposes and why; while the application waits, the desk's decision. */
export function ScreeningCard({ found }: { found: CaseView }) {
  const t = useText('desk');
  const names = useNames();
  const { desk, state } = found;
  if (!desk) return null;
  const isWaiting = state === 'SUBMITTED';
  return (
    <>
      {desk.needsSafeProcess && (
        <Notice icon={IconShieldHalf}>
          <p>
            <b>{t('desk.safe')}</b>
          </p>
          <p>{t('desk.safe.text')}</p>
        </Notice>
      )}
      {isWaiting && (
        <Card kind="panel" title={t('desk.proposal')}>
          <p>
            <b>{t(`desk.proposal.${desk.proposal}`)}</b>
          </p>
          <ul>
            {desk.reasons.map((code) => (
              <li key={code}>{reasonIn(t, code) ?? names.refusal(code)}</li>
            ))}
          </ul>
          <p className="small muted">{t('desk.proposal.note')}</p>
          <SimilarLine caseId={found.id} />
          {desk.refusalCode ? <RefusalCard found={found} /> : <DecisionForm found={found} />}
        </Card>
      )}
    </>
  );
}

function reasonIn(t: Say<'desk'>, code: string): string | null {
  const key = `desk.reason.${code}`;
  const text = t(key as TextKey<'desk'>);
  return text === key ? null : text;
}
