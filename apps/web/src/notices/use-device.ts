import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { PushState } from '#contract';
import { call } from '../api.js';
import { useSession } from '../session.js';
import { addDevice, isAble, keepDevice, ownSubscription, removeDevice } from './device.js';

const key = ['notices', 'device'];
const stateOf = async (state: PushState) => ({ ...state, here: (await ownSubscription()) !== null });

export const useDevice = () =>
  useQuery({ queryKey: key, queryFn: async () => stateOf(await call(PushState, '/push-subscriptions')), enabled: isAble() });

export function useChangeDevice(publicKey: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: boolean) => (wanted ? addDevice(publicKey) : removeDevice()),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['notices'] }),
  });
}

/** Whenever somebody has signed in or changed role. */
export function useKeptDevice() {
  const session = useSession();
  const who = session ? `${session.person.id} ${session.role}` : '';
  useEffect(() => {
    if (who) void keepDevice();
  }, [who]);
}
