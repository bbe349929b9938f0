import { randomUUID } from 'node:crypto';
import {
  type AssignmentReplay,
  type AssignmentView,
  type Candidate,
  type CaseView,
  type DisclosureView,
  guestPledge,
  type JointRoomView,
  type OfferView,
  type RoomView,
} from '#contract';
import { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { agree, appoint, type Cast, type Filed, type Stage } from '../../apps/launcher/src/demo/play.js';
import type { Line, Scenario } from '../../apps/launcher/src/demo/scenario.js';
import type { Company, Joined } from './act.js';
import type { Said } from './choosing.js';
import { type Former, fromNowOn, withOpenPages } from './former.js';
import type { House } from './house.js';
import { isNamed, register } from './needs.js';

/** The rooms of the case as the mediator has them now. */
export async function roomsFor({ mediator, caseId }: Cast): Promise<Map<Line['room'], string>> {
  const views = (await mediator.ask<RoomView[]>('GET', `/cases/${caseId}/rooms`)).filter(({ isClosed }) => !isClosed);
  const roomId = (kind: string, side: string | null) => views.find((room) => room.kind === kind && room.side === side)?.id ?? '';
  return new Map([
    ['joint', roomId('joint', null)],
    ['caucusA', roomId('caucus', 'A')],
    ['caucusB', roomId('caucus', 'B')],
  ]);
}

/** Who else comes in and who meets whom, as the script asks for it. */
export async function gather(joined: Joined, { flags, parties }: Scenario, { house, listen }: Company): Promise<Joined> {
  if (flags['interpreter']) await bringInterpreter(joined, flags['interpreter'] as Spoken, { house, listen });
  if (flags['shuttle'] === 'required') await tryToMeet(joined);
  if (flags['shuttle'] === 'default') joined.opensLate = () => meetByConsent(joined);
  if (parties.length > 4) await openSmallRoom(joined);
  return joined;
}

type Spoken = { party: string; from: string; to: string; name: string };

/** Asked by the mediator, bound to secrecy, agreed to by all; in the private room of whom she speaks for, and in no other. */
async function bringInterpreter(joined: Joined, { party, from, to, name }: Spoken, { house, listen }: Pick<Company, 'house' | 'listen'>) {
  const { cast, guests, differences } = joined;
  const guest = new DemoPerson(house.origin, `${party} interpreter`, 'interpreter@example.kz', house.inbox);
  guest.received = listen(`${party} interpreter`);
  await guest.register({ surname: name.split(' ')[0]!, given: name.split(' ')[1] ?? 'А', patronymic: '', language: 'ru' });
  const id = randomUUID();
  const asked = { id, capacity: 'interpreter', name, contact: guest.contact, languages: [from, to] };
  await cast.mediator.ask('POST', `/cases/${cast.caseId}/guests`, asked);
  for (const [who, person] of cast.people) {
    if ((await guest.call('GET', `/cases/${cast.caseId}/rooms`)).status !== 404)
      differences.push('the interpreter reads before all agreed');
    await person.ask('PUT', `/guests/${id}/answer`, { agrees: true, own: who === party });
  }
  await guest.ask('PUT', `/guests/${id}/pledge`, guestPledge);
  const own = await guest.ask<RoomView[]>('GET', `/cases/${cast.caseId}/rooms`);
  const seen = own.map(({ kind, side }) => `${kind}${side ?? ''}`).join();
  if (seen !== `joint,caucus${party[0]}`) differences.push(`the interpreter reads ${seen}`);
  guests.set(guest.name, guest);
}

/** Where safety demands it there is no joint room, nobody is asked for one, and nobody but the mediator learns why. */
async function tryToMeet({ cast, differences }: Joined) {
  const asked = await cast.mediator.call('PUT', `/cases/${cast.caseId}/joint-room`, { asked: true });
  if (asked.body['code'] !== 'room.kept_apart') differences.push(`asked to meet: ${asked.status}`);
  for (const [name, person] of cast.people) {
    const view = await person.ask<JointRoomView>('GET', `/cases/${cast.caseId}/joint-room`);
    if (JSON.stringify(view) !== '{"apart":null,"isAsked":false,"agrees":null}') differences.push(`${name} reads ${JSON.stringify(view)}`);
    const own = await person.ask<RoomView[]>('GET', `/cases/${cast.caseId}/rooms`);
    if (own.length !== 1) differences.push(`${name} has ${own.length} rooms`);
  }
}

/** Asked of each alone; there is no room before the last has agreed. */
async function meetByConsent({ cast, differences }: Joined): Promise<string> {
  const { mediator, people, caseId } = cast;
  const joint = async () =>
    (await mediator.ask<RoomView[]>('GET', `/cases/${caseId}/rooms`)).find(({ kind }) => kind === 'joint')?.id ?? '';
  await mediator.ask('PUT', `/cases/${caseId}/joint-room`, { asked: true });
  for (const [name, person] of people) {
    if (await joint()) differences.push(`a joint room before ${name} agreed`);
    await person.ask('PUT', `/cases/${caseId}/joint-consent`, { agrees: true });
  }
  return joint();
}

/** Two of the first side talk to the mediator alone; the third of them, and the other side, have no such room. */
async function openSmallRoom({ cast, differences, rooms, said }: Joined) {
  const chosen = ['A1', 'A3'];
  const body = { id: randomUUID(), personIds: chosen.map((name) => cast.people.get(name)!.id) };
  await cast.mediator.ask('POST', `/cases/${cast.caseId}/sub-rooms`, body);
  const text = 'Между нами двумя: границу проверим до августа.';
  await cast.people.get('A1')!.ask('POST', `/rooms/${body.id}/messages`, { clientId: randomUUID(), body: text });
  rooms.set('sub', body.id);
  said.set(body.id, [text]);
  for (const [name, person] of cast.people) {
    const isThere = (await person.ask<RoomView[]>('GET', `/cases/${cast.caseId}/rooms`)).some(({ id }) => id === body.id);
    if (isThere !== chosen.includes(name)) differences.push(`${name} and the smaller room: ${isThere}`);
  }
}

export type Before = {
  filed: Filed;
  said: Map<string, string[]>;
  differences: string[];
  house: House;
  former?: Former;
  /** What the sides said when they chose the mediator; and, of a twin, that side B said another thing. */
  choosings?: Said[];
  isOtherwise?: boolean;
};

/**
 * The mediator of the script begins, learns of his conflict and steps back. The next one inherits the joint room, the private room
 * of the side that lets him, and a new, empty one of the other. The former one reads nothing any more.
 */
export async function replaced(stage: Stage, { conflict }: Scenario, before: Before): Promise<DemoPerson> {
  const { filed, said, differences, house } = before;
  const { people, caseId } = filed;
  const former = await appoint(stage, caseId, isNamed(conflict!.mediatorId));
  const first: Cast = { ...filed, mediator: former };
  await agree(first, { kind: 'contract' });
  const rooms = await roomsFor(first);
  const greeting = 'Басында айтылған сөз.';
  for (const [room, from] of [['joint', 'A1'], ['caucusA', 'A1'], ['caucusB', 'B1']] as const) {
    await people.get(from)!.ask('POST', `/rooms/${rooms.get(room)}/messages`, { clientId: randomUUID(), body: greeting });
    said.set(rooms.get(room)!, [greeting]);
  } // prettier-ignore
  house.setClock(new Date(house.now().getTime() + 86_400_000));
  before.former = await withOpenPages(former, [...rooms.values()]);
  await former.ask('PUT', `/cases/${caseId}/recusal`);
  await fromNowOn(before.former, stage);
  for (const path of [`/cases/${caseId}`, `/cases/${caseId}/rooms`, `/rooms/${rooms.get('joint')}/messages`, `/cases/${caseId}/notes`])
    if ((await former.call('GET', path)).status !== 404) differences.push(`the former mediator reads ${path}`);
  const next = await appoint(stage, caseId, isNamed(conflict!.replacementId!));
  await people.get('A1')!.ask('PUT', `/rooms/${rooms.get('caucusA')}/handover`, { agrees: true });
  await people.get('B1')!.ask('PUT', `/rooms/${rooms.get('caucusB')}/handover`, { agrees: false });
  return next;
}

/** Whom something ties to a party: who must refuse cannot be offered the case, of the others the desk is told what was noticed. */
export async function tiesKnown({ coordinator }: Stage, { slug, conflict }: Scenario, caseId: string): Promise<string[]> {
  const candidates = await coordinator.ask<Candidate[]>('GET', `/cases/${caseId}/candidates`);
  return register().flatMap(({ id, relationships }) =>
    relationships
      .filter(({ scenario, expected }) => scenario === slug && !(conflict?.mediatorId === id && expected === 'recuse'))
      .flatMap(({ kind, expected }) => {
        const one = candidates.find(isNamed(id));
        if (!one?.hints.includes(kind)) return [`the desk is not told of ${id}: ${kind}`];
        return expected === 'recuse' && (one.eligible || !one.reasons.includes('in_conflict'))
          ? [`${id} may be offered the case: ${kind}`]
          : [];
      }),
  );
}

/** Every choice of a mediator, made again from what was kept of it, is the same; and all parties read the same reasons, which name nobody else. */
export async function replayed({ coordinator }: Stage, { people, caseId }: Filed): Promise<string[]> {
  const differences: string[] = [];
  for (const { id, mediator } of await coordinator.ask<AssignmentView[]>('GET', `/cases/${caseId}/assignments`)) {
    const { same } = await coordinator.ask<AssignmentReplay>('GET', `/assignments/${id}/replay`);
    if (!same) differences.push(`the choice of ${mediator} made again is another`);
  }
  const told = new Set<string>();
  for (const person of people.values()) told.add(JSON.stringify(await person.ask('GET', `/cases/${caseId}/mediator-reasons`)));
  if (told.size !== 1 || told.has('[]')) differences.push(`why this mediator: ${[...told].join(' ')}`);
  return differences;
}

/** The mediator of the script cannot say that nothing ties him; he tells it, reads nothing yet, and takes the case with the last party's yes. */
export async function disclosed(stage: Stage, { conflict }: Scenario, { filed, differences }: Before): Promise<DemoPerson> {
  const { people, caseId } = filed;
  const candidates = await stage.coordinator.ask<Candidate[]>('GET', `/cases/${caseId}/candidates`);
  const meant = candidates.find((one) => one.eligible && isNamed(conflict!.mediatorId)(one));
  if (!meant) throw new Error(`${conflict!.mediatorId} is not eligible`);
  await stage.coordinator.ask('PUT', `/cases/${caseId}/offer`, { mediatorId: meant.mediatorId });
  const mediator = await stage.mediator(meant.mediatorId);
  const offer = (await mediator.ask<OfferView[]>('GET', '/offers')).find((one) => one.caseId === caseId)!;
  const declaration = { related: false, employed: false, interested: false, advised: false };
  const silent = await mediator.call('PUT', `/offers/${offer.id}/answer`, { answer: 'accepted', declaration });
  if (silent.body['code'] !== 'mediator.conflict') differences.push(`accepted without telling what ties him: ${silent.status}`);
  await mediator.ask('PUT', `/offers/${offer.id}/answer`, { answer: 'disclosed', declaration, words: conflict!.note });
  const closed = await mediator.ask<CaseView>('GET', `/cases/${caseId}`);
  if (closed.claim || closed.summary) differences.push('the mediator reads the case before the parties agreed');
  for (const [name, person] of people) {
    if ((await mediator.ask<CaseView>('GET', `/cases/${caseId}`)).state !== 'MEDIATOR_OFFERED')
      differences.push(`taken before ${name} agreed`);
    const [told] = await person.ask<DisclosureView[]>('GET', `/cases/${caseId}/disclosures`);
    if (told?.words !== conflict!.note) differences.push(`${name} reads ${told?.words}`);
    await person.ask('PUT', `/disclosures/${told!.id}/answer`, { agrees: true });
  }
  const { state, claim } = await mediator.ask<CaseView>('GET', `/cases/${caseId}`);
  if (state !== 'MEDIATOR_ACCEPTED' || !claim) differences.push(`with the consent of all it is ${state}`);
  return mediator;
}
