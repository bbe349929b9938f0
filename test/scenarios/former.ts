import { setTimeout as pause } from 'node:timers/promises';
import { routes } from '#contract';
import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import type { Stage } from '../../apps/launcher/src/demo/play.js';
import { call, type Rooms } from './act.js';

/** A mediator who was replaced in mid-case: still signed in, his sockets open, every address remembered. */
export type Former = { person: DemoPerson; rooms: string[]; socket: Rooms; heard: string[] };

/** Before he leaves: his socket stands in every room of his, as on any open page. */
export async function withOpenPages(person: DemoPerson, rooms: string[]): Promise<Former> {
  await person.ask('GET', '/offers'); // a day has passed: signed in anew, if need be
  const socket = person.rooms();
  for (const roomId of rooms) await call(socket, 'room.enter', { roomId });
  return { person, rooms, socket, heard: [] };
}

/** From now on whatever reaches him is heard under another name than the mediator's: the leak search lets it pass in no scene. */
export async function fromNowOn({ person, socket, heard }: Former, { listen }: Stage): Promise<void> {
  await pause(400); // what is said of his leaving itself
  person.received = listen!('F');
  socket.onAny((event) => heard.push(String(event)));
}

/** After the last word: nothing has come by itself, and whatever he asks is not there, of the old rooms and of those that came after. */
export async function nothingReached({ person, rooms, socket, heard }: Former, caseId: string, later: string[]): Promise<string[]> {
  const differences = heard.map((event) => `the former mediator's open page heard ${event}`);
  const all = [...new Set([...rooms, ...later])].filter(Boolean);
  for (const [, path] of routes.filter(([method, path]) => method === 'GET' && /^\/(cases|rooms)\/:id/.test(path)))
    for (const id of path.startsWith('/rooms') ? all : [caseId]) {
      const { status } = await person.call('GET', path.replace(':id', id));
      if (status !== 404) differences.push(`the former mediator asks ${path} and gets ${status}`);
    }
  const searched = await person.call('POST', `/cases/${caseId}/message-searches`, { words: 'келісемін' });
  if (searched.status !== 404) differences.push(`the former mediator searches and gets ${searched.status}`);
  for (const roomId of all) {
    const entered = await call(socket, 'room.enter', { roomId }).then(
      () => true,
      () => false,
    );
    if (entered) differences.push('the former mediator enters a room again');
  }
  socket.disconnect();
  return differences;
}
