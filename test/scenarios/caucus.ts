import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MessageView, RoomClientEvents, RoomView } from '#contract';
import { call, type Joined, type Rooms } from './act.js';

/**
 * Side A, and who interprets for it, sit in their rooms and listen. If `acts` is given, side B and the mediator do meanwhile in B's private room all that can be done
 * there, each act once, and `acts` names them.
 */
export async function actInPrivate({ cast, rooms, guests }: Joined, acts: string[] | null) {
  const [boris, judge] = [cast.people.get('B1')!, cast.mediator];
  const listening: Rooms[] = [];
  for (const [name, person] of [...cast.people, ...guests]) {
    if (!name.startsWith('A')) continue;
    const ear = person.rooms();
    listening.push(ear);
    for (const { id } of await person.ask<RoomView[]>('GET', `/cases/${cast.caseId}/rooms`)) await call(ear, 'room.enter', { roomId: id });
  }
  const roomId = rooms.get('caucusB')!;
  if (acts) await actIn(roomId);
  await pause(1_000);
  for (const ear of listening) ear.disconnect();

  async function actIn(room: string) {
    const [his, judges] = [boris.rooms(), judge.rooms()];
    const does = <T = unknown>(socket: Rooms, event: keyof RoomClientEvents, input: object = {}) => {
      acts!.push(event);
      return call<T>(socket, event, { roomId: room, ...input });
    };
    const sets = (path: string, body: object) => {
      acts!.push(path);
      return judge.ask('PUT', `/rooms/${room}/${path}`, body);
    };
    for (const socket of [his, judges]) await does(socket, 'room.enter');
    his.emit('room.type', { roomId: room });
    const said = await does<MessageView>(his, 'message.post', { clientId: randomUUID(), body: 'Тек осы бөлмеде.' });
    await does(judges, 'message.post', { clientId: randomUUID(), body: 'Түсіндім.', replyTo: said.id });
    const changed = await does<MessageView>(his, 'message.edit', { seq: said.seq, version: 0, body: 'Тек осы бөлмеде, иә.' });
    const asked = await does<MessageView>(judges, 'release.ask', {
      seq: said.seq,
      version: changed.version!,
      targetId: rooms.get('joint') || rooms.get('caucusA')!,
    });
    await does(his, 'release.answer', { releaseId: asked.release!.id, agrees: false });
    await does(his, 'message.retract', { seq: said.seq, version: changed.version! });
    await does(judges, 'room.read', { seq: said.seq });
    const setting = { slowSeconds: null };
    await sets('setting', { state: 'paused', ...setting });
    await sets('setting', { state: 'open', slowSeconds: 5 });
    await sets('mute', { personId: boris.id, minutes: 5 });
    await sets('mute', { personId: boris.id, minutes: 0 });
    await sets('setting', { state: 'closed', ...setting });
    await sets('setting', { state: 'open', ...setting });
    await does(his, 'room.leave');
    for (const socket of [his, judges]) socket.disconnect();
  }
}
