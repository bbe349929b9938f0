import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { StaffInvitationRow } from '#contract';
import { call } from '../api.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { InviteForm } from './invite-form.js';

/** Mediators and offices get their account by an invitation for one use. */
export function InvitationsPage() {
  const t = useText('admin');
  const columns = useColumns();
  const found = useQuery({
    queryKey: ['people', 'invitations'],
    queryFn: () => call(z.array(StaffInvitationRow), '/staff-invitations'),
  });
  return (
    <>
      <PageHead title={t('admin.invitations')} />
      <h2>{t('admin.invite')}</h2>
      <p>{t('admin.invite.lead')}</p>
      <InviteForm />
      <hr />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable
          caption={t('admin.invited.caption')}
          columns={columns}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('admin.invited.none')}</p>}
        />
      )}
    </>
  );
}

const isLapsed = (until: string) => Date.parse(until) < Date.now();

function useColumns(): Column<StaffInvitationRow>[] {
  const t = useText('admin');
  const dates = useDates();
  return [
    { key: 'name', label: t('admin.name'), whole: true, cell: ({ name }) => <b>{name}</b> },
    { key: 'role', label: t('admin.invite.role'), cell: ({ role }) => t(`common.role.${role}`) },
    { key: 'sent', label: t('admin.invited.sent'), cell: ({ createdAt }) => dates.moment(createdAt) },
    {
      key: 'state',
      label: t('admin.state'),
      cell: ({ used, expiresAt }) => {
        if (used) return t('admin.invited.used');
        return isLapsed(expiresAt) ? t('admin.invited.expired') : t('admin.invited.open', { when: dates.moment(expiresAt) });
      },
    },
  ];
}
