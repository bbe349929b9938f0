import type { OfferView } from '#contract';
import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { SideMark } from '../parts/side-mark.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';

/** A case that waits for this mediator's answer: as little of it as is needed to see a conflict. */
export function OfferCard({ offer, level = 3 }: { offer: OfferView; level?: 2 | 3 }) {
  const t = useText('mediator');
  const names = useNames();
  const dates = useDates();
  return (
    <Card title={names.category(offer.category)} level={level}>
      <p className="small muted">{names.district(offer.district)}</p>
      <ul className="plain">
        {offer.parties.map(({ side, name }) => (
          <li key={`${side} ${name}`}>
            <SideMark side={side} />: {name}
          </li>
        ))}
      </ul>
      <Actions>
        <ButtonLink wide to={`/offers/${offer.id}`}>
          {t('mediator.offer.open')}
        </ButtonLink>
        <span>{t('mediator.offer.until', { when: dates.moment(offer.expiresAt) })}</span>
      </Actions>
    </Card>
  );
}
