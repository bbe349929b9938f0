import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type CaseRow, CaseRows, caseStates, liveStates } from '#contract';
import { call } from '../api.js';
import { nowIso } from '../clock.js';
import { GuestHint } from '../gatherings/guest-page.js';
import { CaseItem } from '../office/case-item.js';
import { DutyCard } from '../consultation/duty-card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { ComingMeetings } from './coming-meetings.js';
import { OfferCard } from './offer-card.js';
import { SoonDue } from './soon-due.js';
import { UnreadInRooms } from './unread-in-rooms.js';
import { useOffers } from './use-offers.js';

const overFrom = caseStates.indexOf('SETTLED_FULL');
const isOver = ({ state }: CaseRow) => caseStates.indexOf(state) >= overFrom;
const byTurn = (one: CaseRow, other: CaseRow) => Number(other.yourTurn) - Number(one.yourTurn) || dueOf(one).localeCompare(dueOf(other));
const dueOf = ({ dueAt }: CaseRow) => dueAt ?? '9999';

/** A mediator's day: what is offered, whose turn it is in one's cases, what is booked. */
export function TodayPage() {
  const t = useText('mediator', 'mediators', 'conflicts', 'rooms');
  const dates = useDates();
  const offers = useOffers();
  const found = useQuery({ queryKey: ['cases', 'mine'], queryFn: () => call(CaseRows, '/cases?limit=100') });
  const rows = found.data?.rows ?? [];
  const open = rows.filter((row) => !isOver(row)).toSorted(byTurn);
  const over = rows.filter(isOver);
  const isSplit = open.some(({ yourTurn }) => yourTurn) && open.some(({ yourTurn }) => !yourTurn);

  return (
    <>
      <PageHead title={t('mediator.title')} eyebrow={dates.withWeekday(nowIso())} />
      <div className="cols">
        <div>
          <h2>{t('mediator.offers')}</h2>
          {offers.error && <Failure of={offers.error} onRetry={() => void offers.refetch()} />}
          {offers.data?.length === 0 && <p className="muted">{t('mediator.offers.none')}</p>}
          <div className="stack">
            {offers.data?.map((offer) => (
              <OfferCard key={offer.id} offer={offer} />
            ))}
          </div>
          <h2>{t(open[0]?.yourTurn ? 'mediator.turn' : 'mediator.cases')}</h2>
          {found.isPending && <Waiting />}
          {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
          {found.isSuccess && open.length === 0 && <p className="muted">{t('mediator.cases.none')}</p>}
          <Cases rows={open.filter(({ yourTurn }) => yourTurn)} />
          {isSplit && <h2>{t('mediator.cases.others')}</h2>}
          <Cases rows={open.filter(({ yourTurn }) => !yourTurn)} />
          {over.length > 0 && <h2>{t('mediator.cases.over')}</h2>}
          <Cases rows={over} />
        </div>
        <aside className="stack">
          <DutyCard />
          <GuestHint />
          <SoonDue rows={rows} />
          <ComingMeetings rows={open} />
          <p className="small">
            <Link to="/mediator/entry">{t('mediators.own.link')}</Link>
          </p>
          <p className="small">
            <Link to="/mediator/trainings">{t('mediators.own.trainings')}</Link>
          </p>
          <p className="small">
            <Link to="/mediator/ties">{t('conflicts.ties.link')}</Link>
          </p>
        </aside>
      </div>
    </>
  );
}

function Cases({ rows }: { rows: CaseRow[] }) {
  const t = useText('mediator');
  return rows.map((row) => (
    <CaseItem
      key={row.id}
      row={row}
      to={`/mediator/cases/${row.id}`}
      act={t('mediator.open')}
      more={(liveStates as readonly string[]).includes(row.state) && <UnreadInRooms caseId={row.id} />}
    />
  ));
}
