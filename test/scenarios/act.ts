import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaseView, MessageView, PaperView, RoomClientEvents, RoomView } from '#contract';
import { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { agree, appoint, type Cast, file, inviteAndConsent, meet, settlementOf, type Stage } from '../../apps/launcher/src/demo/play.js';
import type { Line, Scenario } from '../../apps/launcher/src/demo/scenario.js';
import { screened } from './before.js';
import { chooseTogether, chosenTogether, type Said } from './choosing.js';
import type { Former } from './former.js';
import { type Before, disclosed, gather, replaced, replayed, roomsFor, tiesKnown } from './gatherings.js';
import { isNeeded, listedRightly } from './needs.js';
import { asPaper } from './papers.js';
import type { House } from './house.js';

export type Ear = (name: string) => DemoPerson['received'];
export type Joined = {
  cast: Cast;
  rooms: Map<Line['room'], string>;
  differences: string[];
  /** Whom the mediator asked in beside the parties, by name. */
  guests: Map<string, DemoPerson>;
  /** What stands in a room's log before the script begins. */
  said: Map<string, string[]>;
  /** Who mediated before and was replaced. */
  former?: Former;
  /** What happens right before the first line of a room that is not there yet. */
  opensLate?: () => Promise<string>;
};
export type Rooms = ReturnType<DemoPerson['rooms']>;

/** The house's own people at work, each signed in once; `listen` hears all they receive. */
export class Company {
  private readonly mediators = new Map<string, DemoPerson>();
  readonly choosings: Said[] = [];

  private constructor(
    readonly house: House,
    readonly coordinator: DemoPerson,
    /** The other coordinator, whom a refusal needs. */
    readonly second: DemoPerson,
    readonly clerk: DemoPerson,
    readonly admin: DemoPerson,
    readonly listen: Ear,
    private readonly patienceMs: number,
  ) {}

  static async gather(house: House, listen: Ear = () => () => undefined, patienceMs = 0): Promise<Company> {
    const come = async (name: string) => {
      const account = house.accounts.get(name)!;
      const person = new DemoPerson(house.origin, name, account.login, house.inbox);
      person.received = listen(name);
      person.patienceMs = patienceMs;
      await person.signIn(account, house.now);
      return person;
    };
    return new Company(
      house,
      await come('coordinator'),
      await come('coordinator2'),
      await come('clerk'),
      await come('admin'),
      listen,
      patienceMs,
    );
  }

  stage(court: Stage['court']): Stage {
    const { house, coordinator, clerk, listen } = this;
    return {
      origin: house.origin,
      inbox: house.inbox,
      coordinator,
      clerk,
      mediator: (id) => this.mediator(id),
      setClock: house.setClock,
      court,
      listen,
      patienceMs: this.patienceMs,
    };
  }

  /** The register tells the desk names, not accounts: the demo file is searched by trying who it is. */
  private async mediator(personId: string): Promise<DemoPerson> {
    for (const account of this.house.accounts.values()) {
      if (account.role !== 'mediator') continue;
      const known = this.mediators.get(account.name) ?? (await this.come(account));
      this.mediators.set(account.name, known);
      if (known.id !== personId) continue;
      known.received = this.listen('M'); // in this scene; in another he may have been replaced
      return known;
    }
    throw new Error('no such mediator');
  }

  private async come(account: Parameters<DemoPerson['signIn']>[0]) {
    const person = new DemoPerson(this.house.origin, 'M', account.login, this.house.inbox);
    person.received = this.listen('M');
    person.patienceMs = this.patienceMs;
    await person.signIn(account, this.house.now);
    return person;
  }
}

/** Where the mediator of the script has a conflict: by what comes of it. */
const begins: Record<string, typeof replaced | undefined> = { recuse: replaced, accept_disclosed: disclosed };

/** From filing to open rooms and a booked hour. */
export async function begin(company: Company, scenario: Scenario, court: Stage['court'], isOtherwise = false): Promise<Joined> {
  const stage = company.stage(court);
  const filed = await file(stage, scenario);
  const differences = await screened(company, scenario, filed.caseId);
  await inviteAndConsent(stage, scenario, filed);
  const said = new Map<string, string[]>();
  differences.push(...(await tiesKnown(stage, scenario, filed.caseId)));
  differences.push(...(await listedRightly(stage, scenario, filed.caseId, company.house.now())));
  const before: Before = { filed, said, differences, house: company.house, choosings: company.choosings, isOtherwise };
  const choose = chosenTogether[scenario.slug] ? chooseTogether : begins[scenario.conflict?.expected ?? ''];
  const mediator = await choose?.(stage, scenario, before);
  const cast: Cast = { ...filed, mediator: mediator ?? (await appoint(stage, filed.caseId, isNeeded(scenario))) };
  differences.push(...(await replayed(stage, filed)));
  await agree(cast, { kind: 'contract' });
  await meet(cast, scenario, company.house.now());
  const joined: Joined = { cast, differences, said, guests: new Map(), rooms: await roomsFor(cast) };
  return gather(before.former ? { ...joined, former: before.former } : joined, scenario, company);
}

/** Plays the lines over real sockets, each acknowledged before the next; then everybody's log of each room is compared with the others'. */
export async function talk(joined: Joined, lines: Line[]): Promise<{ posted: number; differences: string[] }> {
  const { cast, rooms, guests } = joined;
  const everyone = new Map([...cast.people, ...guests, ['M', cast.mediator]]);
  const sockets = new Map<string, Rooms>();
  const enterAll = async () => {
    for (const [name, person] of everyone) {
      const socket = sockets.get(name) ?? person.rooms();
      sockets.set(name, socket);
      const own = await person.ask<RoomView[]>('GET', `/cases/${cast.caseId}/rooms`);
      for (const { id } of own) await untilAnswered(() => call(socket, 'room.enter', { roomId: id }));
    }
  };
  await enterAll();
  const said = new Map(joined.said);
  for (const { room, from, text } of lines) {
    if (!rooms.get(room) && joined.opensLate) {
      rooms.set(room, await joined.opensLate());
      await enterAll();
    }
    const [roomId, clientId] = [rooms.get(room)!, randomUUID()];
    const isFirst = room.startsWith('caucus') && !said.has(roomId);
    const added = isFirst ? { fileIds: [await asPaper(everyone.get(from)!, roomId, text)] } : {};
    await untilAnswered(() => call(sockets.get(from)!, 'message.post', { roomId, clientId, body: text, ...added }));
    said.set(roomId, [...(said.get(roomId) ?? []), text]);
  }
  await pause(150);
  const differences = await compareLogs(everyone, cast.caseId, said);
  for (const socket of sockets.values()) socket.disconnect();
  return { posted: lines.length, differences };
}

/** Ends as the script says: a settlement confirmed by all, or a party or the mediator leaves with a ground. */
export async function finish({ cast }: Joined, scenario: Scenario, house?: House) {
  const { kind, groundCode } = scenario.outcome;
  if (kind === 'expired' && house) return expire(cast, scenario, house);
  if (kind === 'full' || kind === 'partial') return void (await agree(cast, settlementOf(scenario)));
  const leaver = groundCode === '4' ? cast.people.get(whoLeaves(scenario))! : cast.mediator;
  await leaver.ask('POST', `/cases/${cast.caseId}/moves`, { action: 'terminate', ground: groundCode, reason: 'As the script says.' });
}

/** Extended by a text that all confirm; a settlement that nobody has the power to sign; then the extended term runs out by itself. */
async function expire(cast: Cast, { flags }: Scenario, house: House) {
  const read = () => cast.mediator.ask<CaseView>('GET', `/cases/${cast.caseId}`);
  const before = (await read()).termEndsAt!;
  await agree(cast, { kind: 'extension' });
  const { termEndsAt, state } = await read();
  if (state !== 'EXTENDED' || termEndsAt! <= before) throw new Error(`not extended: ${state}, ${termEndsAt}`);
  house.setClock(new Date(new Date(termEndsAt!).getTime() - 86_400_000));
  if (flags['poaLacksSettlementPower']) await lackPower(cast);
  house.setClock(new Date(new Date(termEndsAt!).getTime() + 1_000));
  for (let tries = 0; (await read()).state !== 'TERMINATED'; tries += 1) {
    if (tries > 80) throw new Error('the term ran out and nothing happened');
    await pause(250);
  }
}

async function lackPower({ caseId, people, mediator }: Cast) {
  const text = { kk: 'Жеткізу мерзімі: 1 қыркүйек.', ru: 'Срок поставки: 1 сентября.' };
  const { id } = await mediator.ask<PaperView>('POST', `/cases/${caseId}/papers`, { kind: 'settlement', scope: 'full', text });
  await mediator.ask('PUT', `/papers/${id}/freezing`);
  const without = people.get('B1')!;
  await without.ask('GET', '/people/me'); // weeks have passed: signs in again
  const { status, body } = await without.call('POST', `/papers/${id}/codes`);
  if (body.code !== 'paper.power_missing') throw new Error(`a power that was not given signs: ${status} ${body.code}`);
}

/** The last party that speaks in the script is the one that leaves. */
const whoLeaves = ({ messages }: Scenario) => messages.filter(({ from }) => !from.startsWith('M')).at(-1)?.from ?? 'A1';

async function compareLogs(everyone: Map<string, DemoPerson>, caseId: string, said: Map<string, string[]>): Promise<string[]> {
  const differences: string[] = [];
  for (const [name, person] of everyone) {
    for (const { id, kind, side } of await person.ask<RoomView[]>('GET', `/cases/${caseId}/rooms`)) {
      const { messages } = await person.ask<{ messages: MessageView[] }>('GET', `/rooms/${id}/messages?after=0&limit=200`);
      const texts = messages.map(({ body }) => body);
      const gapless = messages.every(({ seq }, at) => seq === at + 1);
      if (!gapless || JSON.stringify(texts) !== JSON.stringify(said.get(id) ?? []))
        differences.push(`${name} reads another log of ${kind} ${side ?? ''}`);
    }
  }
  return differences;
}

/** The line may be cut and the house away: the same call, with the same client id, until it is acknowledged. */
async function untilAnswered<T>(work: () => Promise<T>, tries = 8): Promise<T> {
  for (let at = 1; ; at += 1) {
    try {
      return await work();
    } catch (error) {
      if (at === tries) throw error;
      await pause(250);
    }
  }
}

/** An acknowledged call on a socket; a refusal is an error. */
export async function call<T = unknown>(socket: Rooms, event: keyof RoomClientEvents, input: unknown): Promise<T> {
  const reply = (await (socket as unknown as { timeout(ms: number): { emitWithAck(event: string, input: unknown): Promise<unknown> } })
    .timeout(5_000)
    .emitWithAck(event, input)) as {
    problem?: { code: string };
  };
  if (reply.problem) throw new Error(`${event}: ${reply.problem.code}`);
  return reply as T;
}
