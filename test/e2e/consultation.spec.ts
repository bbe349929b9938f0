import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConsultationHours, Consultations, ConsultationView, DeskConsultations, MessageView, RoomView } from '#contract';
import { newId } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { arrangeMediation, type Mediation } from '../support/mediation.js';
import { consenting, signedIn } from '../support/signed-in.js';

let cabinet: Cabinet;
let people: Mediation;

beforeAll(async () => {
  cabinet = await startCabinet({ at: '2026-09-08T05:00:00Z', worker: false });
  people = await arrangeMediation(cabinet);
});
afterAll(() => cabinet.stop());

it('goes from the public hours to a draft over HTTP, and is counted apart from cases', async () => {
  const [a, b, duty, desk] = await Promise.all(
    [await consenting(cabinet, people.a), people.b, people.mediator, people.coordinator].map((one) => signedIn(cabinet, one)),
  );
  const turn = { mediatorId: people.mediator.id, from: '2026-09-08T10:00:00+05:00', to: '2026-09-08T13:00:00+05:00' };
  expect((await a!.put(`/duties/${newId()}`, turn)).status).toBe(404);
  expect((await desk!.put(`/duties/${newId()}`, turn)).status).toBe(200);

  const hours = await cabinet.visitor().get<ConsultationHours>('/consultation-hours');
  expect(hours.body).toMatchObject({ onDuty: true, hours: [{ from: '2026-09-08T05:00:00.000Z', to: '2026-09-08T08:00:00.000Z' }] });
  expect(hours.text).not.toContain(people.mediator.id);
  expect((await cabinet.visitor().post('/consultations', { id: newId(), language: 'kk' })).status).toBe(401);

  const asked = (await a!.post<ConsultationView>('/consultations', { id: newId(), language: 'kk', source: 'refusal' })).body;
  expect((await a!.post<MessageView>(`/rooms/${asked.roomId}/messages`, { clientId: newId(), body: 'Құпия сұрақ' })).status).toBe(201);
  const waiting = await duty!.get<Consultations>('/consultations');
  expect(waiting.body.waiting.map(({ id }) => id)).toEqual([asked.id]);
  expect(waiting.text).not.toContain(people.a.id);
  expect((await duty!.put(`/consultations/${asked.id}/taking`, {})).status).toBe(200);
  expect((await duty!.get(`/rooms/${asked.roomId}/messages`)).text).toContain('Құпия сұрақ');
  for (const stranger of [b, desk]) {
    for (const path of [`/consultations/${asked.id}`, `/rooms/${asked.roomId}`, `/rooms/${asked.roomId}/messages`])
      expect((await stranger!.get(path)).status).toBe(404);
    expect((await stranger!.put(`/consultations/${asked.id}/ending`, { outcome: 'advice' })).status).toBe(404);
  }
  const draft = { category: 'neighbours', title: 'Қоршау', claimText: '<b>Қоршау</b> менің жерімде.' };
  expect((await duty!.put(`/consultations/${asked.id}/draft`, { ...draft, title: '' })).status).toBe(400);
  expect((await duty!.put(`/consultations/${asked.id}/draft`, draft)).status).toBe(200);
  const { draftCaseId } = (await a!.put<ConsultationView>(`/consultations/${asked.id}/draft-answer`, { agrees: true })).body;
  expect((await a!.get(`/cases/${draftCaseId}/application`)).text).toContain('Қоршау');
  for (const stranger of [b, duty, desk]) expect((await stranger!.get(`/cases/${draftCaseId}/application`)).status).toBe(404);
  expect((await a!.get<RoomView>(`/rooms/${asked.roomId}`)).body.state).toBe('read_only');
  cabinet.setClock('2026-09-08T05:01:00Z');
  const seen = await desk!.get<DeskConsultations>('/desk/consultations');
  expect(seen.body.totals).toMatchObject({ asked: 1, draft: 1, advice: 0 });
  expect(seen.text).not.toContain(people.a.id);
});
