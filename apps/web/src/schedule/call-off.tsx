import { useState } from 'react';
import { type MeetingView, type MoveGround, moveGrounds } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { CheckCard } from '../parts/option-cards.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** A meeting called off with its ground, so often and no oftener; of a series, this one or all that are still to come. */
export function CallOff({ meeting: { id, caseId, cancelsLeft }, more }: { meeting: MeetingView; more: number }) {
  const t = useText('calendar');
  const [ground, setGround] = useState<MoveGround>('personal');
  const [series, setSeries] = useState(false);
  const off = useCaseChange(caseId, () => ({ path: `/meetings/${id}?ground=${ground}&series=${series}`, method: 'DELETE' }));
  if (cancelsLeft === 0) return <p className="small muted">{t('calendar.cancel.none')}</p>;
  return (
    <>
      {off.error && <Failure of={off.error} />}
      <Confirm
        tone="quiet"
        label={t('calendar.cancel')}
        question={t('calendar.cancel.question')}
        text={t('calendar.cancel.text')}
        confirmLabel={t('calendar.cancel.confirm')}
        busy={off.isPending}
        onConfirm={() => off.mutate()}
      >
        <SelectField
          name={`off-${id}`}
          label={t('calendar.ground')}
          hint={t('calendar.ground.hint')}
          width="middle"
          value={ground}
          onChange={({ target }) => setGround(moveGrounds.find((one) => one === target.value) ?? 'personal')}
        >
          {moveGrounds.map((one) => (
            <option key={one} value={one}>
              {t(`calendar.ground.${one}`)}
            </option>
          ))}
        </SelectField>
        {more > 0 && (
          <CheckCard
            name={`series-${id}`}
            label={t('calendar.cancel.series', { count: more })}
            checked={series}
            onChange={({ target }) => setSeries(target.checked)}
          />
        )}
        {cancelsLeft !== null && <p className="small muted">{t('calendar.cancel.left', { count: cancelsLeft })}</p>}
      </Confirm>
    </>
  );
}
