import { later } from '../live/later.js';

/** What stands beside the room of a consultation: one can read and write before these are there. */
export const RoomPeople = later(() => import('../rooms/room-people.js').then((it) => it.RoomPeople));
export const DraftCard = later(() => import('./draft-card.js').then((it) => it.DraftCard));
export const OfferDraft = later(() => import('./offer-draft.js').then((it) => it.OfferDraft));
export const EndCard = later(() => import('./end-card.js').then((it) => it.EndCard));
