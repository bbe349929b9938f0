import { IconCalendarPlus, IconCalendarTime, IconFilePencil, IconFileText, IconNotes, IconSearch, IconUsers } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { type CaseView, PaperView } from '#contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api.js';
import { useMove } from '../live/use-case-change.js';
import { Button, ButtonLink } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './case-acts.module.css';

/** What this mediator may do with the case now, one press each; an end asks twice on its own page. */
export function CaseActs({ found: { id, actions, state, papers, contractAt }, isOwn }: { found: CaseView; isOwn: boolean }) {
  const t = useText('mediator', 'states', 'gatherings');
  const draft = useDraft(id);
  const move = useMove(id);
  const standing = papers.find(({ concluded }) => !concluded);
  const isUrgent = standing && !standing.confirmedByViewer;
  const mayPropose = isOwn && (actions.includes('draft_settlement') || state === 'SETTLEMENT_DRAFT' || state === 'SETTLEMENT_SIGNING');

  return (
    <div>
      <p className="small muted">
        {t(`states.${state}.sentence`)} {t(`states.${state}.next`)}
      </p>
      <div className={styles.acts}>
        {actions.includes('draft_contract') && !standing && (
          <Button small busy={draft.isPending} onClick={() => draft.mutate('contract')}>
            <Icon of={IconFilePencil} />
            {t('mediator.contract.start')}
          </Button>
        )}
        {standing && (
          <ButtonLink small tone={isUrgent ? 'primary' : 'second'} to={`/papers/${standing.id}`}>
            <Icon of={IconFileText} />
            {t(`mediator.${standing.kind}.read`)}
          </ButtonLink>
        )}
        {actions.includes('draft_settlement') && standing?.kind !== 'settlement' && (
          <ButtonLink small tone="second" to={`/mediator/cases/${id}/settlement`}>
            <Icon of={IconFilePencil} />
            {t('mediator.settlement.start')}
          </ButtonLink>
        )}
        {state === 'SETTLEMENT_DRAFT' && standing?.kind !== 'settlement' && isOwn && (
          <ButtonLink small to={`/mediator/cases/${id}/settlement`}>
            <Icon of={IconFilePencil} />
            {t('mediator.settlement.start')}
          </ButtonLink>
        )}
        {actions.includes('extend') && (
          <Button small tone="second" busy={draft.isPending} onClick={() => draft.mutate('extension')}>
            <Icon of={IconCalendarTime} />
            {t('mediator.extension.start')}
          </Button>
        )}
        {actions.includes('send_to_court') && (
          <Button small busy={move.isPending} onClick={() => move.mutate({ action: 'send_to_court' })}>
            <Icon of={IconFileText} />
            {t('mediator.toCourt')}
          </Button>
        )}
        {mayPropose && (
          <ButtonLink small tone="second" to={`/cases/${id}/meetings`}>
            <Icon of={IconCalendarPlus} />
            {t('mediator.hours')}
          </ButtonLink>
        )}
        {contractAt && (
          <>
            {isOwn && (
              <ButtonLink small tone="second" to={`/mediator/cases/${id}/people`}>
                <Icon of={IconUsers} />
                {t('gatherings.people.link')}
              </ButtonLink>
            )}
            <ButtonLink small tone="second" to={`/cases/${id}/said`}>
              <Icon of={IconSearch} />
              {t('gatherings.said.link')}
            </ButtonLink>
          </>
        )}
        {isOwn && (
          <ButtonLink small tone="second" to={`/mediator/cases/${id}/notes`}>
            <Icon of={IconNotes} />
            {t('gatherings.notes.link')}
          </ButtonLink>
        )}
        {(actions.includes('terminate') || actions.includes('replace_mediator')) && (
          <ButtonLink small tone="quiet" to={`/cases/${id}/end`}>
            {t('mediator.end')}
          </ButtonLink>
        )}
      </div>
      {(draft.error ?? move.error) && <Failure of={(draft.error ?? move.error)!} />}
    </div>
  );
}

/** The cabinet puts the contract, and its extension, together; the mediator reads it before anybody else does. */
function useDraft(caseId: string) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (kind: 'contract' | 'extension') => call(PaperView, `/cases/${caseId}/papers`, { method: 'POST', body: { kind } }),
    onSuccess: ({ id }) => {
      void cache.invalidateQueries({ queryKey: ['case', caseId] });
      void navigate(`/papers/${id}`);
    },
  });
}
