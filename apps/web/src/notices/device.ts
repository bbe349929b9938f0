import { PushDevice, PushState } from '#contract';
import { worker } from '../device.js';
import { call, Problem } from '../api.js';

export const isAble = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** What this browser is subscribed with, if it is. */
export async function ownSubscription(): Promise<PushSubscription | null> {
  if (!isAble()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Asks the person, then the browser, then tells the cabinet. An address that another account has left here is given up for a new one. */
export async function addDevice(publicKey: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Problem('conflict');
  const registration = await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  const subscribe = () => registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  try {
    return await tell(await subscribe());
  } catch (refused) {
    if (!(refused instanceof Problem) || refused.code !== 'conflict') throw refused;
    await (await ownSubscription())?.unsubscribe();
    return tell(await subscribe());
  }
}

/** A change of role gives a new session: the device that stands is told again. */
export async function keepDevice(): Promise<void> {
  const subscription = await ownSubscription();
  if (subscription) await tell(subscription).catch(() => undefined);
}

/** Signing out: the browser forgets its address, and the worker that would show it. The cabinet's own row ends with the session. */
export async function forgetDevice(): Promise<void> {
  try {
    await (await ownSubscription())?.unsubscribe();
    await (await navigator.serviceWorker?.getRegistration())?.unregister();
  } catch {
    // Nobody is kept signed in by a browser that does not answer.
  }
}

export async function removeDevice(): Promise<PushState> {
  await forgetDevice();
  return call(PushState, '/push-subscriptions', { method: 'DELETE' });
}

const tell = (subscription: PushSubscription) =>
  call(PushState, '/push-subscriptions', { method: 'POST', body: PushDevice.parse(subscription.toJSON()) });
