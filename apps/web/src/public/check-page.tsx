import { IconAlertCircle, IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { z } from 'zod';
import { CheckMessage, MessageCheck } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PhoneLink } from '../parts/help-block.js';
import { Icon } from '../parts/icon.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { TextField } from '../parts/text-field.js';
import { WhoSees } from '../parts/who-sees.js';
import { useReference } from '../reference.js';
import { useDates, useText } from '../words.js';
import styles from './check-page.module.css';

/** Anyone holding a message may ask whether we sent it. What it says is shown to nobody here. */
export function CheckPage() {
  const t = useText('about');
  const house = useReference()?.house;
  const { complaints, check } = useComplaints({ code: 'code_short' });
  const asked = useMutation({ mutationFn: (code: string) => call(MessageCheck, '/message-checks', { method: 'POST', body: { code } }) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = check(CheckMessage, Object.fromEntries(new FormData(event.currentTarget)));
    if (answer) asked.mutate(answer.code);
  };

  return (
    <div className="cols">
      <div>
        <PageHead title={t('about.check.title')} />
        <p>{t('about.check.lead')}</p>
        <form noValidate onSubmit={submit}>
          <TextField
            name="code"
            label={t('about.check.label')}
            complaint={complaints['code']}
            width="middle"
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit" busy={asked.isPending}>
            {t('about.check.button')}
          </Button>
        </form>
        <div aria-live="polite" className={styles.verdict}>
          {asked.isError && <Failure of={asked.error} />}
          {asked.data && <Verdict of={asked.data} />}
        </div>
        <h2>{t('about.check.failed')}</h2>
        <p>
          {t('about.check.failed.text')} {house && <PhoneLink number={house.phone} />}
        </p>
      </div>
      <aside>
        <Card title={t('about.check.never')}>
          <ul>
            {([1, 2, 3, 4] as const).map((at) => (
              <li key={at}>{t(`about.check.never.${at}`)}</li>
            ))}
          </ul>
        </Card>
      </aside>
    </div>
  );
}

function Verdict({ of: { real, channel, sentAt } }: { of: z.infer<typeof MessageCheck> }) {
  const t = useText('about');
  const dates = useDates();
  if (!real)
    return (
      <Card
        kind="panel"
        title={
          <>
            <Icon of={IconAlertCircle} /> {t('about.check.no')}
          </>
        }
      >
        <p>{t('about.check.no.text')}</p>
      </Card>
    );
  return (
    <Card
      kind="panel"
      title={
        <>
          <Icon of={IconShieldCheck} /> {t('about.check.yes')}
        </>
      }
    >
      <SummaryList
        rows={[
          ...(sentAt ? [{ label: t('about.check.when'), value: dates.moment(sentAt) }] : []),
          ...(channel ? [{ label: t('about.check.how'), value: t(`about.check.channel.${channel}`) }] : []),
        ]}
      />
      <WhoSees not>{t('about.check.secret')}</WhoSees>
    </Card>
  );
}
