import { z } from 'zod';
import { call } from '../api.js';
import { forgetKept } from '../device.js';

/** The other tabs of this browser: what one of them does, all hear. */
export const tabs = new BroadcastChannel('house');
export const tellTabs = (what: 'touch' | 'over') => tabs.postMessage(what); // oxlint-disable-line unicorn/require-post-message-target-origin -- a channel has no target

/**
 * Goes to a page as if the browser had just been opened: nothing of this document stays, neither in memory nor behind the back button.
 * A browser that keeps the page aside keeps an empty one, and loads it anew when somebody goes back to it.
 */
export function leaveDocument(to: string) {
  forgetKept();
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  document.title = '';
  document.body.replaceChildren();
  location.replace(to);
}

/** Whatever the line does, the screen is emptied; the server ends the session by itself some minutes later. */
export async function endHouseSession() {
  await call(z.unknown(), '/sessions/current', { method: 'DELETE' }).catch(() => undefined);
  tellTabs('over');
  leaveDocument('/house/over');
}
