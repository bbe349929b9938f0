import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type AnswerDraft,
  type AskConsultation,
  ConsultationHours,
  Consultations,
  ConsultationView,
  type DraftOffer,
  RoomView,
} from '#contract';
import { call } from '../api.js';
import { roomsKey } from '../rooms/use-room.js';

const key = ['consultations'];

export const useConsultationHours = () =>
  useQuery({ queryKey: [...key, 'hours'], queryFn: () => call(ConsultationHours, '/consultation-hours') });

/** A mediator's page looks again by itself: who waits has nobody's socket. */
export const useConsultations = (everyMs?: number) =>
  useQuery({
    queryKey: [...key, 'list'],
    queryFn: () => call(Consultations, '/consultations'),
    ...(everyMs ? { refetchInterval: everyMs } : {}),
  });

export const useConsultation = (id: string) =>
  useQuery({ queryKey: [...key, id], queryFn: () => call(ConsultationView, `/consultations/${id}`) });

export const useConsultationRoom = (roomId: string) =>
  useQuery({ queryKey: roomsKey(roomId), queryFn: () => call(RoomView, `/rooms/${roomId}`) });

type Act =
  | { act: 'taking' }
  | { act: 'draft'; body: DraftOffer }
  | { act: 'draft-answer'; body: AnswerDraft }
  | { act: 'ending'; body: { outcome: 'advice' | 'nothing' | 'withdrawn' } };

/** Whatever came of it, what stands is asked for again. */
export function useActOnConsultation(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ...rest }: Act) =>
      call(ConsultationView, `/consultations/${id}/${act}`, { method: 'PUT', body: 'body' in rest ? rest.body : {} }),
    onSettled: (view) =>
      Promise.all([
        cache.invalidateQueries({ queryKey: key }),
        ...(view ? [cache.invalidateQueries({ queryKey: roomsKey(view.roomId) })] : []),
      ]),
  });
}

export function useAskConsultation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: AskConsultation) => call(ConsultationView, '/consultations', { method: 'POST', body }),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
}
