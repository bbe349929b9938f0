import { setTimeout as pause } from 'node:timers/promises';

export type Seat = { roomId: string; headers: Record<string, string> };
/** Whoever is told a message; `answered` once more to its author, where the server answers. */
export type Heard = { message: (clientId: string) => void };
export type Talker = { say: (clientId: string, body: string) => unknown; close: () => unknown };
/** How one comes into a room of a server. */
export type Opening = (port: number, seat: Seat, heard: Heard) => Promise<Talker>;
type Sender = Talker;
type Waiting = { sender: Sender; at: number; left: number };
export type Measured = { perSecond: number; count: number; latenciesMs: number[] };

/** Said before anything is measured: a server just started is compiling itself, and fetching keys. */
const warm = 6_000;
const body = 'Көршімен шекара туралы келісім: дуал ескі орнында қалады, шығынды теңдей бөлеміз.';

/** Four members a room, each on a line of its own. A message counts when its author is answered and all four have heard it. */
export class Crowd {
  private readonly senders: Sender[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private latencies: number[] = [];
  private next = 1;
  private isLoop = false;
  /** Told apart from what an earlier crowd said. */
  private readonly era = `8${Math.floor(Math.random() * 0xfff)
    .toString(16)
    .padStart(3, '0')}`;

  /** `hearings`: how often a message is told in all, to its room and in answer to its author. */
  private constructor(private readonly hearings: number) {}

  static async gather({ port, open, hearings = 5 }: { port: number; open: Opening; hearings?: number }, seats: Seat[]): Promise<Crowd> {
    const crowd = new Crowd(hearings);
    const heard = { message: (clientId: string) => crowd.heard(clientId) };
    for (let at = 0; at < seats.length; at += 100)
      crowd.senders.push(...(await Promise.all(seats.slice(at, at + 100).map((seat) => open(port, seat, heard)))));
    return crowd;
  }

  /** Every member says the next thing as soon as all have heard the last one. */
  async closedLoop(seconds: number): Promise<Measured> {
    this.isLoop = true;
    for (const sender of this.senders) this.say(sender);
    for (const until = Date.now() + 30_000; this.latencies.length < warm && Date.now() < until;) await pause(10);
    const measured = await this.during(() => pause(seconds * 1_000));
    this.isLoop = false;
    await this.silence();
    return measured;
  }

  /** So many messages a second, whatever becomes of them. */
  async atRate(perSecond: number, seconds: number): Promise<Measured> {
    const measured = await this.during(async () => {
      const begun = performance.now();
      for (let sent = 0; sent < perSecond * seconds;) {
        const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - begun) / 1_000) * perSecond));
        for (; sent < due; sent += 1) this.say(this.senders[(sent * 7) % this.senders.length]!);
        await pause(2);
      }
      await this.silence();
    });
    return { ...measured, perSecond };
  }

  leave() {
    for (const sender of this.senders) sender.close();
  }

  private async during(work: () => Promise<unknown>): Promise<Measured> {
    this.latencies = [];
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1_000;
    const latenciesMs = this.latencies;
    this.latencies = [];
    return { perSecond: latenciesMs.length / seconds, count: latenciesMs.length, latenciesMs };
  }

  private async silence() {
    for (const until = Date.now() + 20_000; this.waiting.size > 0; await pause(5))
      if (Date.now() > until) throw new Error(`${this.waiting.size} messages were never heard by all`);
  }

  private say(sender: Sender) {
    const id = this.next++;
    this.waiting.set(id, { sender, at: performance.now(), left: this.hearings });
    sender.say(`00000000-0000-4000-${this.era}-${id.toString(16).padStart(12, '0')}`, body);
  }

  private heard(clientId: string) {
    if (clientId.slice(19, 23) === this.era) this.count(Number.parseInt(clientId.slice(24), 16));
  }

  private count(id: number) {
    const one = this.waiting.get(id);
    if (!one || (one.left -= 1) > 0) return;
    this.waiting.delete(id);
    this.latencies.push(performance.now() - one.at);
    if (this.isLoop) this.say(one.sender);
  }
}
