import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { z } from 'zod';
import { MadeOpening, MetadataOpening, openingMinutes, OpenMetadata } from '#contract';
import { call } from '../api.js';
import { AskForm } from '../parts/ask-form.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextArea, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';

/** Break-glass: the card of one case, for a while, with a ground; and every time it was done. */
export function OpeningsPage() {
  const t = useText('safekeeping');
  const dates = useDates();
  const navigate = useNavigate();
  const found = useQuery({ queryKey: ['openings'], queryFn: () => call(z.array(MetadataOpening), '/metadata-openings') });
  return (
    <>
      <PageHead title={t('safekeeping.openings')} lead={t('safekeeping.openings.lead')} back="/admin/safekeeping" />
      <AskForm
        schema={OpenMetadata}
        path="/metadata-openings"
        refresh={['openings']}
        button={t('safekeeping.openings.open')}
        read={(typed) => ({ number: typed.get('number'), ground: typed.get('ground'), minutes: Number(typed.get('minutes')) })}
        onDone={(made) => void navigate(`/admin/safekeeping/openings/${MadeOpening.parse(made).id}`)}
      >
        {(complaints) => (
          <>
            <TextField
              name="number"
              width="middle"
              label={t('safekeeping.openings.number')}
              hint="M-2026-0001"
              complaint={complaints['number']}
            />
            <TextArea
              name="ground"
              rows={4}
              label={t('safekeeping.openings.ground')}
              hint={t('safekeeping.openings.ground.hint')}
              complaint={complaints['ground']}
            />
            <SelectField name="minutes" width="middle" label={t('safekeeping.openings.minutes')} defaultValue="15">
              {openingMinutes.map((count) => (
                <option key={count} value={count}>
                  {t('safekeeping.openings.minutes.of', { count })}
                </option>
              ))}
            </SelectField>
            <WhoSees>{t('safekeeping.openings.sees')}</WhoSees>
          </>
        )}
      </AskForm>
      <hr />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<MetadataOpening>
          caption={t('safekeeping.openings.caption')}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('safekeeping.openings.none')}</p>}
          columns={[
            { key: 'at', label: t('safekeeping.openings.at'), whole: true, cell: ({ openedAt }) => dates.moment(openedAt) },
            { key: 'until', label: t('safekeeping.openings.until'), cell: ({ until }) => dates.moment(until) },
            { key: 'by', label: t('safekeeping.openings.by'), cell: ({ by }) => by },
            { key: 'ground', label: t('safekeeping.openings.ground'), cell: ({ ground }) => ground },
            {
              key: 'acts',
              label: t('safekeeping.openings.state'),
              cell: ({ id, own, open }) =>
                open && own ? (
                  <Link to={`/admin/safekeeping/openings/${id}`}>{t('safekeeping.openings.look')}</Link>
                ) : (
                  t(open ? 'safekeeping.openings.isOpen' : 'safekeeping.openings.over')
                ),
            },
          ]}
        />
      )}
    </>
  );
}
