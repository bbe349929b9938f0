import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { z } from 'zod';
import { OpenedMetadata } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { Timeline } from '../parts/timeline.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';

const openings = '/admin/safekeeping/openings';

/** What an opening shows while it lasts: states, days and places of one case. */
export function OpeningPage() {
  const t = useText('safekeeping');
  const { openingId = '' } = useParams();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const found = useQuery({
    queryKey: ['openings', openingId],
    queryFn: () => call(OpenedMetadata, `/metadata-openings/${openingId}`),
    refetchInterval: 60_000,
    gcTime: 0,
  });
  const end = useMutation({
    mutationFn: () => call(z.unknown(), `/metadata-openings/${openingId}`, { method: 'DELETE' }),
    onSuccess: () => navigate(openings),
    onSettled: () => cache.invalidateQueries({ queryKey: ['openings'] }),
  });
  if (found.isPending) return <Waiting />;
  if (found.isError)
    return (
      <>
        <PageHead title={t('safekeeping.openings')} back={openings} />
        <Failure of={found.error} />
      </>
    );
  return (
    <>
      <PageHead title={found.data.number} lead={t('safekeeping.opening.lead')} back={openings} />
      <Facts of={found.data} />
      <p>
        <Button tone="second" busy={end.isPending} onClick={() => end.mutate()}>
          {t('safekeeping.opening.end')}
        </Button>
      </p>
    </>
  );
}

function Facts({ of }: { of: OpenedMetadata }) {
  const t = useText('safekeeping', 'states', 'events');
  const dates = useDates();
  const names = useNames();
  const day = (at: string | null) => (at ? dates.withWeekday(at) : '–');
  return (
    <>
      <SummaryList
        rows={[
          { label: t('safekeeping.opening.state'), value: t(`states.${of.state}.name`) },
          { label: t('safekeeping.opening.since'), value: day(of.stateSince) },
          { label: t('safekeeping.opening.due'), value: day(of.dueAt) },
          { label: t('safekeeping.opening.filed'), value: day(of.filedAt) },
          { label: t('safekeeping.opening.contract'), value: day(of.contractAt) },
          { label: t('safekeeping.opening.term'), value: day(of.termEndsAt) },
          { label: t('safekeeping.opening.category'), value: names.category(of.category) },
          { label: t('safekeeping.opening.district'), value: names.district(of.district) },
          { label: t('safekeeping.opening.court'), value: of.courtId ? names.court(of.courtId) : '–' },
          { label: t('safekeeping.opening.mediator'), value: t(of.hasMediator ? 'common.yes' : 'common.no') },
          { label: t('safekeeping.opening.undelivered'), value: t(of.undelivered ? 'common.yes' : 'common.no') },
        ]}
      />
      <Card title={t('safekeeping.opening.facts')}>
        <Timeline
          items={of.facts
            .toReversed()
            .map(({ type, at }, place) => ({ id: String(place), when: dates.moment(at), text: t(`events.${type}`) }))}
        />
      </Card>
    </>
  );
}
