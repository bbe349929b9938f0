import { useState } from 'react';
import { type CaseView, type Ground, grounds } from '#contract';
import { useMove } from '../live/use-case-change.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { SelectField } from '../parts/text-field.js';
import { useNames, useReference } from '../reference.js';
import { useText } from '../words.js';

/** How the desk brings a case to its end: by a technical ground of its own, or by closing what is over. */
export function EndingCard({ found: { id, actions } }: { found: CaseView }) {
  const t = useText('desk');
  const move = useMove(id);
  const names = useNames();
  const own = (useReference()?.grounds ?? []).filter(({ by }) => by === 'coordinator').map(({ code }) => code);
  const technical = grounds.filter((ground) => own.includes(ground));
  const [ground, setGround] = useState<Ground>('T1');
  const mayEnd = actions.includes('terminate');
  const mayAsk = actions.includes('send_to_court');
  if (!mayEnd && !mayAsk && !actions.includes('close')) return null;
  return (
    <Card>
      {move.error && <Failure of={move.error} />}
      {mayAsk && (
        <Confirm
          tone="primary"
          label={t('desk.toCourt')}
          question={t('desk.toCourt.question')}
          text={t('desk.toCourt.text')}
          confirmLabel={t('desk.toCourt')}
          busy={move.isPending}
          onConfirm={() => move.mutate({ action: 'send_to_court' })}
        />
      )}
      {actions.includes('close') && (
        <Confirm
          label={t('desk.close')}
          question={t('desk.close.question')}
          text={t('desk.close.text')}
          confirmLabel={t('desk.close')}
          busy={move.isPending}
          onConfirm={() => move.mutate({ action: 'close' })}
        />
      )}
      {mayEnd && (
        <Confirm
          tone="quiet"
          label={t('desk.end')}
          question={t('desk.end.question')}
          text={t('desk.end.text')}
          confirmLabel={t('desk.end')}
          busy={move.isPending}
          onConfirm={() => move.mutate({ action: 'terminate', ground })}
        >
          <SelectField name="ground" label={t('desk.ground')} value={ground} onChange={({ target }) => setGround(target.value as Ground)}>
            {technical.map((code) => (
              <option key={code} value={code}>
                {names.ground(code)}
              </option>
            ))}
          </SelectField>
        </Confirm>
      )}
    </Card>
  );
}
