import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CaseView } from '#contract';
import { download } from '../api.js';
import { useMove } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { FactList } from '../parts/fact-list.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { useDates, useText } from '../words.js';

/** How far the invitation has come, and a new round when it was declined or stayed without an answer. */
export function InvitationCard({ found: { id, state, parties, desk, actions } }: { found: CaseView }) {
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
      {state === 'INVITED' && <Letters caseId={id} parties={parties} />}
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

/** On paper, for whom no message reaches: one letter for each who has not answered. */
function Letters({ caseId, parties }: { caseId: string; parties: CaseView['parties'] }) {
  const t = useText('desk');
  const cache = useQueryClient();
  const print = useMutation({
    mutationFn: (partyId: string) => download(`/cases/${caseId}/invitation-letters`, { partyId }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['timeline', caseId] }),
  });
  return (
    <>
      {print.error && <Failure of={print.error} />}
      <Actions>
        {parties
          .filter(({ side, joined }) => side === 'B' && !joined)
          .map(({ id, name }) => (
            <Button key={id} small tone="second" busy={print.isPending} onClick={() => print.mutate(id)}>
              {t('desk.letter', { name })}
            </Button>
          ))}
      </Actions>
      <p className="small muted">{t('desk.letter.note')}</p>
    </>
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
