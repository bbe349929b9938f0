import type { CaseView } from '#contract';
import { money } from '#language';
import { Card } from '../parts/card.js';
import { useText } from '../words.js';
import { labels } from './return-fields.js';
import styles from './case-page.module.css';

/** What the applicant wrote; the desk reads it to decide, nobody else at the House does. */
export function ApplicationCard({ found: { desk, summary } }: { found: CaseView }) {
  const t = useText('desk', 'application');
  const application = desk?.application;
  if (!application && !summary) return null;
  return (
    <Card title={t('desk.application')}>
      {application && (
        <>
          <h3>{application.title}</h3>
          <h4>{t('desk.application.claim')}</h4>
          <p className={styles.words}>{application.claimText}</p>
          <h4>{t('desk.application.outcome')}</h4>
          <p className={styles.words}>{application.desiredOutcome}</p>
          {application.amountKzt !== null && (
            <p>
              {t('desk.application.amount')}: <b>{money(application.amountKzt)}</b>
            </p>
          )}
          {desk.replies.length > 0 && <h4>{t('desk.application.replies')}</h4>}
          {desk.replies.map(({ field, reply }) => (
            <p key={field} className={styles.words}>
              <b>{t(labels[field])}</b>
              <br />
              {reply}
            </p>
          ))}
        </>
      )}
      {summary && (
        <>
          <h3>{t('desk.summary')}</h3>
          <p className={styles.words}>{summary}</p>
        </>
      )}
    </Card>
  );
}
