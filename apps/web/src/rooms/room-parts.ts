import { later } from '../live/later.js';
import { fetchWords } from '../words.js';

/** One can read and write before these are there. */
export const MeetingPresence = later(() => import('../meetings/meeting-presence.js').then((it) => it.MeetingPresence));
export const MessageActs = later(() => import('./message-acts.js').then((it) => it.MessageActs));
export const FileItem = later(() => import('../files/file-item.js').then((it) => it.FileItem));
export const RoomHand = later(() => import('./room-hand.js').then((it) => it.RoomHand));
export const RoomFiles = later(() => import('../files/room-files.js').then((it) => it.RoomFiles));
export const RoomSteps = later(async () => {
  const [it] = await Promise.all([import('./room-steps.js'), fetchWords(['papers'])]);
  return it.RoomSteps;
});
export const Beside = later(async () => {
  const [it] = await Promise.all([import('./beside.js'), fetchWords(['gatherings', 'case'])]);
  return it.Beside;
});
