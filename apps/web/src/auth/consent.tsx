import { Link } from 'react-router';
import type { Complaint, Complaints } from '../complaints.js';
import { CheckCard } from '../parts/option-cards.js';
import { useReference } from '../reference.js';
import { useText } from '../words.js';

/** The version of the consent that is shown now and goes on record with the tick. */
export const useConsentVersion = () => useReference()?.consents[0]?.version ?? '';

/** A consent that was not given, as a complaint. */
export const untickedIn = (form: FormData): Complaints => (form.has('consent') ? {} : { consent: 'consent' });

export function ConsentTick({ complaint }: { complaint?: Complaint | undefined }) {
  const t = useText('auth');
  return (
    <>
      <CheckCard name="consent" label={t('auth.consent')} hint={t('auth.consent.hint')} complaint={complaint} />
      <p className="small">
        <Link to="/privacy" target="_blank">
          {t('auth.consent.read')}
          <span className="vh"> ({t('parts.external')})</span>
        </Link>
      </p>
    </>
  );
}
