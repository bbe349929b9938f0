import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { PaperView } from '#contract';
import { money } from '#language';
import { call } from '../api.js';
import { useCase } from '../cases/cases.js';
import { useLive } from '../live/use-live.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';
import { ConfirmPaper } from './confirm-paper.js';
import { DrafterActs } from './drafter-acts.js';
import styles from './paper.module.css';
import { PaperText } from './paper-text.js';
import { Signers } from './signers.js';

export const paperKey = (paperId: string) => ['paper', paperId];

/** A contract or a settlement: its text, who has confirmed exactly this text, and the confirmation in two steps. */
export function PaperPage() {
  const { paperId = '' } = useParams();
  const found = useQuery({ queryKey: paperKey(paperId), queryFn: () => call(PaperView, `/papers/${paperId}`) });
  useLive();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <Paper paper={found.data} />;
}

function Paper({ paper }: { paper: PaperView }) {
  const t = useText('papers');
  const role = useSession()?.role;
  const found = useCase(paper.caseId).data;
  const isDrafter = role === 'mediator';

  return (
    <div className="cols">
      <div>
        <PageHead
          title={t(`papers.${paper.kind}`)}
          eyebrow={found?.number}
          lead={t(leadOf(paper))}
          back={`/cases/${paper.caseId}`}
          backLabel={t('papers.backToCase')}
        />
        {paper.scope && <p>{t(`papers.settlement.${paper.scope}`)}</p>}
        <PaperText paper={paper} />
        {paper.amountKzt !== null && <p>{t('papers.settlement.amount', { sum: money(paper.amountKzt) })}</p>}
        {isDrafter && !paper.concluded && <DrafterActs paper={paper} />}
        {paper.mayConfirm && <ConfirmPaper paper={paper} isDrafter={isDrafter} />}
        {!paper.mayConfirm && <Standing paper={paper} isConfirmed={isConfirmedByViewer(found?.papers, paper.id)} />}
      </div>
      <aside className="stack">
        <Card title={t('papers.who')}>
          <Signers paper={paper} />
        </Card>
        <Card title={t('papers.hash')}>
          <p className="small">{t('papers.hash.text')}</p>
          <code className={styles.hash}>{paper.hash.match(/.{1,4}/g)?.join(' ')}</code>
        </Card>
        <WhoSees>{t('papers.whoSees')}</WhoSees>
      </aside>
    </div>
  );
}

function leadOf({ superseded, concluded, frozen, method }: PaperView) {
  if (superseded) return 'papers.superseded';
  if (concluded) return 'papers.concluded';
  if (!frozen) return 'papers.draft.lead';
  return method === 'slip' ? 'papers.open.lead.slip' : 'papers.open.lead';
}

const isConfirmedByViewer = (papers: { id: string; confirmedByViewer: boolean }[] = [], id: string) =>
  papers.some((paper) => paper.id === id && paper.confirmedByViewer);

/** What is waited for when there is nothing for the reader to confirm. */
function Standing({ paper, isConfirmed }: { paper: PaperView; isConfirmed: boolean }) {
  const t = useText('papers');
  const dates = useDates();
  const last = paper.confirmedBy
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  if (paper.concluded) return <p className="muted">{last && t('papers.who.at', { when: dates.moment(last) })}</p>;
  if (paper.method === null) return <p>{t('papers.noMethod')}</p>;
  if (!isConfirmed) return null;
  return (
    <Card kind="note">
      <p>
        <b>{t('papers.confirmed')}</b> {paper.waitsFor.length > 0 && t('papers.confirmed.next', { names: paper.waitsFor.join(', ') })}
      </p>
    </Card>
  );
}
