import webPush from 'web-push';
import type { Delivery, OutgoingPush, PushPort } from '#platform';

type Settings = { publicKey: string; privateKey: string; subject: string; hosts: readonly string[] };
const [wholeMs, keptSeconds] = [15_000, 24 * 3_600];

/** Web push (RFC 8030) with our keys (VAPID, RFC 8292), sealed for the one device (RFC 8291). */
export class WebPush implements PushPort {
  constructor(private readonly settings: Settings) {}

  async send({ device, payload, urgent }: OutgoingPush): Promise<Delivery & { gone?: boolean }> {
    if (!isPushService(device.endpoint, this.settings.hosts))
      return { outcome: 'failed', provider: 'push', error: 'not_a_push_service', gone: true };
    const provider = new URL(device.endpoint).host;
    try {
      const { endpoint, method, headers, body } = webPush.generateRequestDetails(device, payload, {
        vapidDetails: this.settings,
        TTL: keptSeconds,
        urgency: urgent ? 'high' : 'normal',
      });
      const whole = { method, headers: headers as Record<string, string>, body: new Uint8Array(body), redirect: 'manual' as const };
      const reply = await fetch(endpoint, { ...whole, signal: AbortSignal.timeout(wholeMs) });
      await reply.body?.cancel();
      return { provider, ...verdict(reply.status) };
    } catch (error) {
      const { name, cause } = error as Error & { cause?: { code?: string } };
      return { outcome: 'retry', provider, error: cause?.code ?? name };
    }
  }
}

/** RFC 8030, 5 and 7.3. A refusal of our keys or of our pace says nothing of the device. */
function verdict(status: number): { outcome: Delivery['outcome']; receipt?: string; error?: string; gone?: boolean } {
  if (status >= 200 && status < 300) return { outcome: 'sent', receipt: String(status) };
  const gone = status === 404 || status === 410;
  return { outcome: gone || status === 400 || status === 413 ? 'failed' : 'retry', error: `http ${status}`, ...(gone ? { gone } : {}) };
}

/** A device names the address we then call: only known services over TLS, or the cabinet could be made to call anything. */
export function isPushService(endpoint: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, username } = new URL(endpoint);
  const isListed = hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host));
  return isListed && !username && (protocol === 'https:' || hostname === '127.0.0.1');
}
