import { IconClock } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { type InvitationView, showPhone } from '#contract';
import { Problem } from '../api.js';
import { Notice } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { FactList } from '../parts/fact-list.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Rich } from '../parts/rich.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useNames, useReference } from '../reference.js';
import { useDates, useText } from '../words.js';
import { InvitationClosed } from './invitation-closed.js';
import styles from './invitation-page.module.css';
import { useInvitation, useUnderstood } from './invitation.js';
import { LetterPage } from './letter-page.js';

/** The page behind the code: who invites, a neutral summary, what can be done. No account, no field, never the claim. */
export function InvitationPage() {
  const found = useInvitation();
  if (found.isPending) return <Waiting />;
  if (found.error instanceof Problem && (found.error.status === 404 || found.error.status === 401)) return <LetterPage />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return found.data.state === 'open' ? <Letter letter={found.data} /> : <InvitationClosed letter={found.data} />;
}

function Letter({ letter }: { letter: InvitationView }) {
  const t = useText('invited');
  const dates = useDates();
  const { category } = useNames();
  const { inviter, invited, summary, expiresAt } = letter;
  return (
    <div className="cols">
      <div>
        <PageHead
          title={t('invited.heading', { inviter })}
          tabTitle={t('invited.title')}
          eyebrow={t('invited.for', { invited })}
          lead={t('invited.lead')}
        />
        <Card title={t('invited.about')}>
          <FactList
            facts={[
              { label: t('invited.about.kind'), value: category(letter.category) },
              { label: t('invited.about.until'), value: dates.withWeekday(expiresAt) },
            ]}
          />
          <blockquote className={styles.summary}>
            <p>{summary}</p>
            <footer>{t('invited.about.neutral')}</footer>
          </blockquote>
        </Card>
        <Answers />
        <Notice icon={IconClock}>
          <p>
            <Rich>{t('invited.silence', { date: dates.until(expiresAt) })}</Rich>
          </p>
        </Notice>
        <h2>{t('invited.faq')}</h2>
        {([1, 2, 3] as const).map((at) => (
          <details key={at} className={styles.question}>
            <summary>{t(`invited.faq.${at}`)}</summary>
            <p>{t(`invited.faq.${at}.text`)}</p>
          </details>
        ))}
      </div>
      <LetterAside inviter={inviter} />
    </div>
  );
}

function Answers() {
  const t = useText('invited');
  const navigate = useNavigate();
  const understood = useUnderstood();
  const phone = useReference()?.house.phone ?? '';
  const go = (to: string) => {
    understood.mutate();
    void navigate(to);
  };
  return (
    <>
      <h2>{t('invited.ways')}</h2>
      <ul className={`plain ${styles.ways}`}>
        <li>
          <Button wide onClick={() => go('/invitation/consent')}>
            {t('invited.consent')}
          </Button>
          <p>{t('invited.consent.text')}</p>
        </li>
        <li>
          <Button wide tone="second" onClick={() => (location.href = `tel:${phone.replace(/[^+\d]/g, '')}`)}>
            {t('invited.ask')}
          </Button>
          <p>{t('invited.ask.text', { phone: showPhone(phone) })}</p>
        </li>
        <li>
          <Button wide tone="second" onClick={() => go('/invitation/decline')}>
            {t('invited.decline')}
          </Button>
          <p>{t('invited.decline.text')}</p>
        </li>
      </ul>
    </>
  );
}

function LetterAside({ inviter }: { inviter: string }) {
  const t = useText('invited');
  return (
    <aside className="stack">
      <Card title={t('invited.unseen')}>
        <WhoSees not>{t('invited.unseen.1', { inviter })}</WhoSees>
        <WhoSees not>{t('invited.unseen.2')}</WhoSees>
      </Card>
      <Card title={t('invited.real')}>
        <p className="small">{t('invited.real.text')}</p>
        <p className="small">
          <Link to="/check">{t('parts.help.check')}</Link>
        </p>
      </Card>
    </aside>
  );
}
