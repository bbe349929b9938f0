import type { FormEvent } from 'react';
import { type Availability, houseZone } from '#contract';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { CheckCard } from '../parts/option-cards.js';
import { SelectField } from '../parts/text-field.js';
import { WhoSees } from '../parts/who-sees.js';
import { useText } from '../words.js';

/** ISO 639; what else is spoken is asked of the desk. */
const spoken = ['sgn', 'kk', 'ru', 'en', 'de', 'tr', 'zh'] as const;
type Props = Pick<Availability, 'zone' | 'needs'> & { busy: boolean; onKeep: (changes: Partial<Availability>) => void };

const deviceZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What somebody needs to take part, and by which clock his hours are meant: the House's, or the device's own if it shows another. */
export function NeedsForm({ zone, needs, busy, onKeep }: Props) {
  const t = useText('times');
  const own = deviceZone();
  const zones = [...new Set([houseZone, zone, own])];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const interpreter = String(form.get('interpreter')) || null;
    if (!busy) onKeep({ zone: String(form.get('zone') ?? zone), needs: { interpreter, stepFree: form.has('stepFree') } });
  };
  return (
    <Card title={t('times.needs')}>
      <form onSubmit={submit}>
        <SelectField name="interpreter" label={t('times.interpreter')} width="middle" defaultValue={needs.interpreter ?? ''}>
          <option value="">{t('times.interpreter.none')}</option>
          {spoken.map((language) => (
            <option key={language} value={language}>
              {t(`times.interpreter.${language}`)}
            </option>
          ))}
        </SelectField>
        <CheckCard name="stepFree" label={t('times.stepFree')} checked={needs.stepFree} />
        {zones.length > 1 && (
          <SelectField name="zone" label={t('times.zone')} width="middle" defaultValue={zone}>
            {zones.map((one) => (
              <option key={one} value={one}>
                {one === houseZone ? t('times.zone.house') : one.replaceAll('_', ' ')}
              </option>
            ))}
          </SelectField>
        )}
        <WhoSees not>{t('times.needs.sees')}</WhoSees>
        <Actions>
          <Button type="submit" tone="second" busy={busy}>
            {t('times.save')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
