import type { GuestView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import styles from './gatherings.module.css';
import { useGuests } from './use-gatherings.js';

/** Whom the mediator has asked in. Not admitted may mean anything: no pledge, no answer, or a "no". */
export function GuestList({ caseId }: { caseId: string }) {
  const t = useText('gatherings');
  const guests = useGuests(caseId).data ?? [];
  return (
    <Card title={t('gatherings.guests.title')}>
      <p className="small">{t('gatherings.guests.rule')}</p>
      {guests.length === 0 && <p className="muted">{t('gatherings.guests.none')}</p>}
      <ul className={`plain ${styles.rows}`}>
        {guests.map((guest) => (
          <Guest key={guest.id} guest={guest} />
        ))}
      </ul>
    </Card>
  );
}

function Guest({ guest: { id, caseId, name, capacity, isAdmitted, hasPledged } }: { guest: GuestView }) {
  const t = useText('gatherings');
  const end = useCaseChange(caseId, () => ({ path: `/guests/${id}`, method: 'DELETE' }));
  return (
    <li>
      <b>{name}</b> – {t(`gatherings.capacity.${capacity}`)}
      <p className="small muted">
        {t(isAdmitted ? 'gatherings.guests.in' : 'gatherings.guests.out')} ·{' '}
        {t(hasPledged ? 'gatherings.guests.pledged' : 'gatherings.guests.unpledged')}
      </p>
      <Confirm
        label={t('gatherings.guests.end')}
        tone="quiet"
        question={t('gatherings.guests.end.question', { name })}
        confirmLabel={t('gatherings.guests.end.yes')}
        busy={end.isPending}
        onConfirm={() => end.mutate()}
      />
      {end.error && <Failure of={end.error} />}
    </li>
  );
}
