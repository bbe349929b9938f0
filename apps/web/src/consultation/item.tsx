import type { ConsultationView } from '#contract';
import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';

/** How it stands, in one line. */
export function useStanding() {
  const t = useText('consultation');
  const dates = useDates();
  return ({ outcome, hour, takenAt }: ConsultationView) => {
    if (outcome) return t(`consultation.state.${outcome}`);
    if (hour) return t('consultation.state.hour', { at: dates.moment(hour.from) });
    return t(takenAt ? 'consultation.state.taken' : 'consultation.state.waiting');
  };
}

export function ConsultationItem({ of }: { of: ConsultationView }) {
  const t = useText('consultation');
  const dates = useDates();
  const standing = useStanding();
  const { category } = useNames();
  return (
    <Card title={category(of.category) || t('consultation.room')}>
      <p className="eyebrow">{dates.moment(of.askedAt)}</p>
      <p>{standing(of)}</p>
      <Actions>
        <ButtonLink small tone={of.endedAt ? 'second' : 'primary'} to={`/consultations/${of.id}`}>
          {t('consultation.open')}
          <span className="vh">: {dates.moment(of.askedAt)}</span>
        </ButtonLink>
      </Actions>
    </Card>
  );
}
