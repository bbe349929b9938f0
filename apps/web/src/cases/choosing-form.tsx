import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { AnswerChoosing, ChoosingView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { WhoSees } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';
import styles from './choosing.module.css';
import { type Act, ListedItem } from './listed-item.js';

type Props = { caseId: string; round: ChoosingView };

/** Buttons alone, so that a thumb, a keyboard and a reader aloud can all do it; what was moved is said, and keeps the focus. */
export function ChoosingForm({ caseId, round }: Props) {
  const t = useText('choosing');
  const dates = useDates();
  const navigate = useNavigate();
  const { ranked, struck, said, act, focus } = useOrder(round);
  const answer = useCaseChange<AnswerChoosing>(
    caseId,
    (body) => ({ path: `/choosings/${round.id}/answer`, body }),
    () => void navigate(`/cases/${caseId}`),
  );
  const by = new Map(round.listed.map((one) => [one.id, one]));
  return (
    <>
      <p>
        <b>{t('choosing.until', { when: dates.moment(round.until) })}</b>
      </p>
      <WhoSees>{t('choosing.sees')}</WhoSees>
      <h2 id="ranked">{t('choosing.ranked')}</h2>
      <ol className={styles.list} aria-labelledby="ranked">
        {ranked.map((id, at) => (
          <ListedItem key={id} of={by.get(id)!} place={at + 1} last={at === ranked.length - 1} onAct={act} focus={focus} />
        ))}
      </ol>
      <h2 id="struck">{t('choosing.struck')}</h2>
      {struck.length === 0 && <p className="muted">{t('choosing.struck.none')}</p>}
      <ul className={styles.list} aria-labelledby="struck">
        {struck.map((id) => (
          <ListedItem key={id} of={by.get(id)!} onAct={act} focus={focus} />
        ))}
      </ul>
      <output className={styles.said}>{said}</output>
      <details>
        <summary>{t('choosing.rule')}</summary>
        <p>{t('choosing.rule.text')}</p>
      </details>
      {answer.error && <Failure of={answer.error} />}
      <Actions>
        <Button busy={answer.isPending} onClick={() => answer.mutate({ ranked, struck })}>
          {t('choosing.send')}
        </Button>
      </Actions>
    </>
  );
}

function useOrder({ listed, mine }: ChoosingView) {
  const t = useText('choosing');
  const [order, setOrder] = useState<AnswerChoosing>(mine ?? { ranked: listed.map(({ id }) => id), struck: [] });
  const [said, setSaid] = useState('');
  const pressed = useRef<string | null>(null);
  const nodes = useRef(new Map<string, HTMLButtonElement>());
  /** A moved row loses the focus in the browser: it is given back to the button that was pressed, or to the one that undoes it. */
  useEffect(() => {
    if (pressed.current) nodes.current.get(pressed.current)?.focus();
    pressed.current = null;
  });
  const act = (id: string, name: string, what: Act) => {
    const next = acted(order, id, what);
    pressed.current = `${id} ${what === 'strike' ? 'restore' : what === 'restore' ? 'strike' : what}`;
    setOrder(next);
    const n = next.ranked.indexOf(id) + 1;
    setSaid(n > 0 ? t('choosing.moved', { name, n }) : t('choosing.moved.out', { name }));
  };
  const focus = (key: string) => (node: HTMLButtonElement | null) => {
    if (node) nodes.current.set(key, node);
    else nodes.current.delete(key);
  };
  return { ...order, said, act, focus };
}

function acted({ ranked, struck }: AnswerChoosing, id: string, what: Act): AnswerChoosing {
  if (what === 'strike') return { ranked: ranked.filter((one) => one !== id), struck: [...struck, id] };
  if (what === 'restore') return { ranked: [...ranked, id], struck: struck.filter((one) => one !== id) };
  const at = ranked.indexOf(id);
  const to = Math.max(0, Math.min(ranked.length - 1, at + (what === 'up' ? -1 : 1)));
  return { ranked: ranked.filter((one) => one !== id).toSpliced(to, 0, id), struck };
}
