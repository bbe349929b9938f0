import { useNavigate, useParams } from 'react-router';
import type { OfferView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Confirm } from '../parts/confirm.js';
import { FactList } from '../parts/fact-list.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SideMark } from '../parts/side-mark.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import { ConflictForm } from './conflict-form.js';
import styles from './offer-page.module.css';
import { useOffers } from './use-offers.js';

/** The conflict declaration comes before anything else of the case can be read; declining costs nothing. */
export function OfferPage() {
  const t = useText('mediator');
  const { offerId } = useParams();
  const found = useOffers();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const offer = found.data.find(({ id }) => id === offerId);
  return offer ? (
    <OpenOffer offer={offer} />
  ) : (
    <PageHead title={t('mediator.gone.title')} lead={t('mediator.gone.text')} back="/mediator" />
  );
}

function OpenOffer({ offer }: { offer: OfferView }) {
  const t = useText('mediator', 'conflicts');
  const dates = useDates();
  const navigate = useNavigate();
  const decline = useCaseChange(
    offer.caseId,
    () => ({ path: `/offers/${offer.id}/answer`, body: { answer: 'declined' } }),
    () => void navigate('/mediator'),
  );
  return (
    <div className="cols">
      <div>
        <PageHead title={t('mediator.declare.title')} lead={t('mediator.declare.lead')} back="/mediator" />
        <OfferFacts offer={offer} />
        {offer.hints.length > 0 && (
          <p>{t('conflicts.hints', { list: offer.hints.map((hint) => t(`conflicts.hint.${hint}`)).join(', ') })}</p>
        )}
        {offer.disclosed ? (
          <p>
            <b>{t('conflicts.declare.asked', { when: dates.moment(offer.expiresAt) })}</b>
          </p>
        ) : (
          <ConflictForm offer={offer} />
        )}
        <hr />
        {decline.error && <Failure of={decline.error} />}
        <Confirm
          label={t('mediator.declare.decline')}
          question={t('mediator.declare.decline.question')}
          text={t('mediator.declare.decline.text')}
          confirmLabel={t('mediator.declare.decline')}
          busy={decline.isPending}
          onConfirm={() => decline.mutate()}
        />
      </div>
      <aside className="stack">
        <p>
          <b>{t('mediator.offer.until', { when: dates.moment(offer.expiresAt) })}</b>
        </p>
        <p className="small muted">{t('mediator.declare.knows')}</p>
      </aside>
    </div>
  );
}

function OfferFacts({ offer }: { offer: OfferView }) {
  const t = useText('mediator');
  const names = useNames();
  return (
    <div className={styles.facts}>
      <FactList
        facts={[
          { label: t('mediator.fact.category'), value: names.category(offer.category) },
          { label: t('mediator.fact.district'), value: names.district(offer.district) },
          { label: t('mediator.fact.languages'), value: offer.languages.map((one) => t(`common.${one}`)).join(', ') },
        ]}
      />
      <ul className={`plain ${styles.parties}`}>
        {offer.parties.map(({ side, name }) => (
          <li key={`${side} ${name}`}>
            <SideMark side={side} />
            <br />
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
