import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { CaseView } from '#contract';
import { useMove } from '../live/use-case-change.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { FactList } from '../parts/fact-list.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { useDates, useText } from '../words.js';

/** How far the invitation has come, and a new round when it was declined or stayed without an answer. */
export function InvitationCard({ found: { id, desk, actions } }: { found: CaseView }) {
  const t = useText('desk');
  const dates = useDates();
  const move = useMove(id);
  const invitation = desk?.invitation;
  if (!invitation) return null;
  return (
    <Card title={t('desk.invitation')}>
      <FactList
        facts={[
          { label: t('desk.invitation.sent'), value: dates.moment(invitation.issuedAt) },
          { label: t('desk.invitation.until'), value: dates.withWeekday(invitation.expiresAt) },
          { label: t('desk.invitation.opened'), value: <Done is={invitation.opened} /> },
          { label: t('desk.invitation.understood'), value: <Done is={invitation.understood} /> },
        ]}
      />
      {invitation.round > 1 && <p className="small muted">{t('desk.invitation.round', { n: invitation.round })}</p>}
      {move.error && <Failure of={move.error} />}
      {actions.includes('reinvite') && (
        <Confirm
          label={t('desk.reinvite')}
          question={t('desk.reinvite.question')}
          text={t('desk.reinvite.text')}
          confirmLabel={t('desk.reinvite')}
          busy={move.isPending}
          onConfirm={() => move.mutate({ action: 'reinvite' })}
        />
      )}
    </Card>
  );
}

function Done({ is }: { is: boolean }) {
  const t = useText();
  return (
    <>
      <Icon of={is ? IconCircleCheck : IconCircleDashed} /> {t(is ? 'common.yes' : 'common.no')}
    </>
  );
}
