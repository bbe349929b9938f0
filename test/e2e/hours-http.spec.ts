import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommonHours, FeedAddress, Schedule, SignedIn, WorkingHours } from '#contract';
import { newId } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { readTwice } from '../support/calendars.js';
import { arrangeMediation, type Mediation, openSession } from '../support/mediation.js';

let cabinet: Cabinet;
let people: Mediation;

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  people = await arrangeMediation(cabinet);
});
afterAll(() => cabinet.stop());

async function signIn(actor: SignedIn) {
  const { cookie } = await openSession(cabinet.admin, actor);
  return <T = unknown>(method: string, path: string, body?: unknown) => cabinet.visitor().call<T>(method, path, body, { cookie });
}

it('finds, agrees, feeds and revokes over HTTP', async () => {
  const [hers, his, judges] = await Promise.all([people.a, people.b, people.mediator].map(signIn));
  const week: WorkingHours = {
    weekly: [{ day: 1, from: '09:00', to: '12:00' }],
    exceptions: [],
    modes: ['room'],
    bufferMinutes: 0,
    dailyLimit: 3,
  };
  expect((await judges!('PUT', '/people/me/working-hours', week)).body).toEqual(week);
  expect((await hers!('PUT', '/people/me/working-hours', week)).status).toBe(404);
  const found = await judges!<CommonHours>('GET', `/cases/${people.caseId}/common-hours?minutes=60`);
  expect(found.body).toMatchObject({ hours: [{ from: '2026-09-14T04:00:00.000Z' }, {}, {}], binding: [] });
  expect((await hers!('GET', `/cases/${people.caseId}/common-hours`)).status).toBe(404);
  const made = await hers!<Schedule>('POST', `/cases/${people.caseId}/proposals`, { id: newId(), mode: 'room', minutes: 60 });
  const accepted = { acceptedSlotIds: made.body.proposal!.slots.map(({ id }) => id) };
  for (const call of [his!, judges!]) await call('PUT', `/proposals/${made.body.proposal!.id}/answer`, accepted);
  const feed = await hers!<FeedAddress>('POST', '/people/me/calendar-feed');
  const path = new URL(feed.body.address).pathname.replace('/api', '');
  const read = await cabinet.visitor().get(path);
  expect([read.status, read.headers.get('content-type'), read.headers.get('cache-control')]).toEqual([
    200,
    'text/calendar; charset=utf-8',
    'private, no-store',
  ]);
  expect(readTwice(read.text).events).toMatchObject([{ from: '2026-09-14T04:00:00.000Z', title: 'Кездесу' }]);
  await hers!('DELETE', '/people/me/calendar-feed');
  const [revoked, guessed] = [await cabinet.visitor().get(path), await cabinet.visitor().get(`/calendar-feeds/${'x'.repeat(43)}.ics`)];
  expect([revoked.status, revoked.body]).toMatchObject([404, { code: 'not_found' }]);
  expect(revoked.text.replaceAll(/"requestId":"[^"]*"/g, '')).toBe(guessed.text.replaceAll(/"requestId":"[^"]*"/g, ''));
});

it('answers bad input clearly', async () => {
  const [hers, judges] = await Promise.all([people.a, people.mediator].map(signIn));
  const said = { zone: 'Asia/Almaty', unavailable: [], picks: [], needs: { interpreter: null, stepFree: false } };
  for (const zone of ['Asia/Oskemen', '+05:00', '', 'Mars/Phobos'])
    expect((await hers!('PUT', '/people/me/availability', { ...said, zone })).body).toMatchObject({
      code: 'invalid',
      fields: { zone: expect.anything() },
    });
  const backwards = [{ from: '2026-09-20', to: '2026-09-10' }];
  expect((await hers!('PUT', '/people/me/availability', { ...said, unavailable: backwards })).body).toMatchObject({
    fields: { 'unavailable.0.to': expect.anything() },
  });
  const far = [{ from: '2026-09-20', to: '2027-09-10' }];
  expect((await hers!('PUT', '/people/me/availability', { ...said, unavailable: far })).body).toMatchObject({
    fields: { 'unavailable.0.to': 'date' },
  });
  for (const address of ['nothing', '', 'ftp://example.kz/a.ics', 'https://ana:secret@example.kz/a.ics', 'file:///etc/passwd', 'https://', `https://example.kz/${'a'.repeat(2_000)}`]) // prettier-ignore
    expect((await judges!('PUT', '/people/me/outside-calendar', { address })).body).toMatchObject({ code: 'invalid', fields: { address: expect.anything() } }); // prettier-ignore
  const kept = await judges!('PUT', '/people/me/outside-calendar', { address: ' webcal://example.kz/a.ics ' });
  expect(kept.body).toEqual({ calendar: { host: 'example.kz', fetchedAt: null, failure: null, busy: 0 } });
  expect((await hers!('PUT', '/people/me/outside-calendar', { address: 'https://example.kz/a.ics' })).status).toBe(404);
  expect((await judges!('DELETE', '/people/me/outside-calendar')).body).toEqual({ calendar: null });
  const propose = (from: string, to: string) =>
    judges!<{ code: string }>('POST', `/cases/${people.caseId}/proposals`, { id: newId(), mode: 'room', slots: [{ from, to }] });
  const codes = [
    await propose('2026-09-21T06:00:00Z', '2026-09-21T05:00:00Z'),
    await propose('2026-09-21T01:00:00Z', '2026-09-21T15:00:00Z'),
    await propose('2026-09-01T05:00:00Z', '2026-09-01T06:00:00Z'),
    await propose('2026-10-26T05:00:00Z', '2026-10-26T06:00:00Z'),
  ].map(({ body }) => body.code);
  expect(codes).toEqual(['invalid', 'meeting.too_long', 'meeting.in_past', 'meeting.on_holiday']);
});
