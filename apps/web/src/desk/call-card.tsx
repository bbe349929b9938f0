import { type CaseView, showPhone } from '#contract';
import { Card } from '../parts/card.js';
import { PhoneLink } from '../parts/help-block.js';
import { useText } from '../words.js';
import { CallForm } from './call-form.js';

/** The last reminder of an invitation is a call: whom, by which number, and where it is written down. */
export function CallCard({ found: { id, desk, parties } }: { found: CaseView }) {
  const t = useText('desk');
  const silent = parties.filter(({ side, joined }) => side === 'B' && !joined);
  if (!desk?.invitation?.callDue || silent.length === 0) return null;
  return (
    <Card kind="panel" title={t('desk.call.due')}>
      <p>{t('desk.call.due.text')}</p>
      {silent.map(({ id: partyId, name, phone }) => (
        <p key={partyId}>
          <b>{name}</b>
          <br />
          {phone ? <PhoneLink number={showPhone(phone)} /> : t('desk.call.due.noPhone')}
        </p>
      ))}
      <CallForm isDue caseId={id} parties={silent} />
    </Card>
  );
}
