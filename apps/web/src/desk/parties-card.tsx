import { type CaseView, showPhone } from '#contract';
import { EndAttorney } from '../cases/end-attorney.js';
import { Card } from '../parts/card.js';
import { PhoneLink } from '../parts/help-block.js';
import { SideMark } from '../parts/side-mark.js';
import { useText } from '../words.js';
import styles from './case-page.module.css';
import { TakeContactForm } from './take-contact.js';

/** While somebody can still be asked, or told. */
const takesContact = (state: CaseView['state']) =>
  !['DRAFT', 'SUBMITTED', 'RETURNED', 'WITHDRAWN', 'DECLINED', 'REFUSED_SCOPE', 'TERMINATED', 'CLOSED', 'ARCHIVED'].includes(state);

/** Who they are and how the desk reaches them. */
export function PartiesCard({ found: { id: caseId, state, parties, mediator } }: { found: CaseView }) {
  const t = useText('desk');
  return (
    <Card title={t('desk.parties')}>
      <ul className={`plain ${styles.list}`}>
        {parties.map((party) => {
          const { id, side, name, representative, joined, email, phone, address, mayEndAttorney } = party;
          return (
            <li key={id}>
              <SideMark side={side} />
              <br />
              {name}
              <span className="small muted">
                {representative && (
                  <>
                    <br />
                    {t('desk.party.by', { name: representative })}
                  </>
                )}
                <br />
                {t(joined ? 'desk.party.joined' : 'desk.party.notJoined')}
              </span>
              {phone && (
                <>
                  <br />
                  <PhoneLink number={showPhone(phone)} />
                </>
              )}
              {email && (
                <>
                  <br />
                  <a href={`mailto:${email}`}>
                    {email.slice(0, email.lastIndexOf('@'))}
                    <wbr />
                    {email.slice(email.lastIndexOf('@'))}
                  </a>
                </>
              )}
              {address && (
                <>
                  <br />
                  {address}
                </>
              )}
              {!phone && !email && (
                <>
                  <br />
                  <span className="small">{t('desk.party.letter')}</span>
                </>
              )}
              {!joined && takesContact(state) && <TakeContactForm caseId={caseId} partyId={id} />}
              {mayEndAttorney && <EndAttorney caseId={caseId} party={party} />}
            </li>
          );
        })}
        {mediator && (
          <li>
            <SideMark side="mediator" />
            <br />
            {mediator.name}
            <br />
            <span className="small muted">{t(`desk.kind.${mediator.kind}`)}</span>
          </li>
        )}
      </ul>
    </Card>
  );
}
