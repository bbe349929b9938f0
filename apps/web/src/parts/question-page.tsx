import { IconDeviceFloppy } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { Problem } from '../api.js';
import type { Complaints } from '../complaints.js';
import { useDates, useText } from '../words.js';
import { Actions, Button, ButtonLink } from './button.js';
import { Card } from './card.js';
import { ErrorSummary } from './error-summary.js';
import { Failure } from './failure.js';
import { BackLink } from './page-head.js';
import { usePageTitle } from './page-title.js';
import { SideLine, WhoSees } from './who-sees.js';

type Props = {
  title: string;
  /** A neutral name for the browser's tab. */
  tabTitle?: string;
  eyebrow?: ReactNode;
  intro?: ReactNode;
  back?: string;
  why?: string;
  whoSees?: string;
  savedAt?: string | null;
  complaints: Complaints;
  attempt: number;
  labels?: Record<string, string>;
  /** A refusal of the server; one about fields is in the complaints already. */
  refusal?: unknown;
  busy?: boolean;
  send?: string;
  /** Where "save and come back later" leads; the answers are sent first. */
  onLeave?: (form: FormData) => void;
  leaveTo?: string;
  aside?: ReactNode;
  /** Other ways, under the form. */
  below?: ReactNode;
  onSend: (form: FormData) => void;
  children: ReactNode;
};

/** One question: way back, what to mend, heading, answer, one button; why we ask and who will see it at the side. */
export function QuestionPage(props: Props) {
  const {
    title,
    tabTitle,
    eyebrow,
    intro,
    back,
    complaints,
    attempt,
    labels,
    refusal,
    busy = false,
    send,
    onSend,
    onLeave,
    leaveTo,
    below,
    children,
  } = props;
  const t = useText();
  const heading = usePageTitle(tabTitle ?? title, Object.keys(complaints).length > 0);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!busy) onSend(new FormData(event.currentTarget));
  };

  return (
    <div className="cols">
      <div>
        {back && <BackLink to={back} />}
        <ErrorSummary complaints={complaints} attempt={attempt} labels={labels ?? {}} />
        {eyebrow && <p className="eyebrow">{eyebrow}</p>}
        <h1 ref={heading} tabIndex={-1} id="question">
          {title}
        </h1>
        {intro && <p>{intro}</p>}
        <form ref={form} autoComplete="off" noValidate onSubmit={submit}>
          {children}
          {isWorthSaying(refusal) && <Failure of={refusal} />}
          <Actions>
            <Button type="submit" busy={busy}>
              {send ?? t('common.continue')}
            </Button>
            {onLeave && (
              <Button tone="quiet" onClick={() => form.current && onLeave(new FormData(form.current))}>
                {t('common.saveAndLeave')}
              </Button>
            )}
            {leaveTo && (
              <ButtonLink tone="quiet" to={leaveTo}>
                {t('common.saveAndLeave')}
              </ButtonLink>
            )}
          </Actions>
        </form>
        {below}
      </div>
      <QuestionAside {...props} />
    </div>
  );
}

const isWorthSaying = (refusal: unknown) => Boolean(refusal) && !(refusal instanceof Problem && Object.keys(refusal.fields).length > 0);

function QuestionAside({ why, whoSees, savedAt, aside }: Props) {
  const t = useText();
  const dates = useDates();
  if (!why && !whoSees && !savedAt && !aside) return null;
  return (
    <aside className="stack">
      {why && (
        <Card kind="note" title={t('parts.why')}>
          <p>{why}</p>
        </Card>
      )}
      {aside}
      {savedAt && (
        <SideLine icon={IconDeviceFloppy}>
          {t('common.saved', { when: dates.moment(savedAt) })}. <b>{t('parts.notSent.whole')}</b>
        </SideLine>
      )}
      {whoSees && <WhoSees>{whoSees}</WhoSees>}
    </aside>
  );
}
