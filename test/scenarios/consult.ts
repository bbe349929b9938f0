import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConsultationView, DeskConsultations, MessageView } from '#contract';
import type { Filed } from '../../apps/launcher/src/demo/play.js';
import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import { call, type Company } from './act.js';

const hourMs = 3_600_000;

/**
 * What is said where no mediation takes place: the applicant and a mediator on duty, in a sealed room, by the lines that the script lays in the
 * room of side A. Both read one log, nobody else finds the room, and it ends with advice.
 */
export async function consulted(company: Company, scenario: Scenario, { people }: Filed): Promise<string[]> {
  const { coordinator, second, house } = company;
  const a = people.get('A1')!;
  const mediator = await onDuty(company);
  const asked = { id: randomUUID(), language: scenario.language, category: scenario.category, source: 'refusal' };
  const { id, roomId } = await a.ask<ConsultationView>('POST', '/consultations', asked);
  await mediator.ask('PUT', `/consultations/${id}/taking`, {});
  const differences = await say(scenario, roomId, new Map([['A1', a], ['M', mediator]])); // prettier-ignore
  for (const stranger of [coordinator, second]) {
    await stranger.ask('GET', '/people/me'); // the clock may have leapt
    for (const path of [`/consultations/${id}`, `/rooms/${roomId}`, `/rooms/${roomId}/messages`])
      if ((await stranger.call('GET', path)).status !== 404)
        differences.push(`${stranger.name} finds ${path.split('/')[1]} of a consultation`);
  }
  await mediator.ask('PUT', `/consultations/${id}/ending`, { outcome: 'advice' });
  const late = await a.call('POST', `/rooms/${roomId}/messages`, { clientId: randomUUID(), body: 'Тағы бір сұрақ' });
  if (late.status !== 409) differences.push(`a consultation that has ended takes words: ${late.status}`);
  house.setClock(new Date(house.now().getTime() + 1_000));
  const { totals } = await coordinator.ask<DeskConsultations>('GET', '/desk/consultations');
  if (totals.advice < 1) differences.push('the desk does not count the consultation');
  return differences;
}

/** The desk puts a mediator on the roster from now on; somebody on duty already is as good. */
async function onDuty(company: Company): Promise<DemoPerson> {
  const { coordinator, house } = company;
  const now = house.now().getTime();
  const { duties, mediators } = await coordinator.ask<DeskConsultations>('GET', '/desk/consultations');
  const there = duties.find(({ from, to }) => new Date(from).getTime() <= now && now < new Date(to).getTime());
  const mediatorId = there?.mediatorId ?? mediators[0]!.id;
  const turn = { mediatorId, from: new Date(now).toISOString(), to: new Date(now + 4 * hourMs).toISOString() };
  if (!there) await coordinator.ask('PUT', `/duties/${randomUUID()}`, turn);
  return company.stage(undefined).mediator(mediatorId);
}

/** The lines of the script, each acknowledged before the next. */
async function say({ messages }: Scenario, roomId: string, people: Map<string, DemoPerson>): Promise<string[]> {
  const sockets = new Map([...people].map(([name, person]) => [name, person.rooms()]));
  for (const socket of sockets.values()) await call(socket, 'room.enter', { roomId });
  for (const { from, text } of messages) await call(sockets.get(from)!, 'message.post', { roomId, clientId: randomUUID(), body: text });
  await pause(150);
  const differences: string[] = [];
  for (const [name, person] of people) {
    const { messages: log } = await person.ask<{ messages: MessageView[] }>('GET', `/rooms/${roomId}/messages?after=0&limit=200`);
    if (JSON.stringify(log.map(({ body }) => body)) !== JSON.stringify(messages.map(({ text }) => text)))
      differences.push(`${name} reads another log of the consultation`);
  }
  for (const socket of sockets.values()) socket.disconnect();
  return differences;
}
