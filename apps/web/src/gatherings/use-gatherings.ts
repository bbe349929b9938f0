import { useQuery } from '@tanstack/react-query';
import { GuestViews, JointRoomView } from '#contract';
import { call } from '../api.js';
import { orNothing } from '../live/or-nothing.js';
import { roomsKey } from '../rooms/use-room.js';

/** Asked for again with the rooms: whatever changes in one of them. */
export const useGuests = (caseId: string) =>
  useQuery({ queryKey: [...roomsKey(caseId), 'guests'], queryFn: () => orNothing(call(GuestViews, `/cases/${caseId}/guests`)) });

export const useJointRoom = (caseId: string) =>
  useQuery({ queryKey: [...roomsKey(caseId), 'joint'], queryFn: () => orNothing(call(JointRoomView, `/cases/${caseId}/joint-room`)) });

/** What the reader is asked into. */
export const useMyGuesthoods = () => useQuery({ queryKey: ['guesthoods'], queryFn: () => call(GuestViews, '/guests') });
