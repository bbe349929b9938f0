import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startMailbox } from '../../../apps/launcher/src/mailbox.js';
import { type Sink, startSink } from '../../../test/support/smtp.js';
import { MobizonSms } from './mobizon.sms.js';
import { SmtpMail } from './smtp.mail.js';

const mail = (to = 'ana@example.kz') => ({
  to,
  from: '"Достық үйі – Келісім" <no-reply@kelisim.test>',
  subject: 'Сізге Достық үйінен хабарлама бар',
  text: 'Сәлем',
  html: '<p>Сәлем</p>',
  messageId: '<0199a3c5@kelisim.test>',
});

describe('mail', () => {
  let [sinks, ports]: [Sink[], SmtpMail[]] = [[], []];
  const sink = async (...behaviour: Parameters<typeof startSink>) => {
    const made = await startSink(...behaviour);
    sinks.push(made);
    return made;
  };
  const through = (...urls: string[]) => {
    const port = new SmtpMail(urls);
    ports.push(port);
    return port;
  };
  afterEach(async () => {
    for (const port of ports) port.close();
    await Promise.all(sinks.map((one) => one.stop()));
    [sinks, ports] = [[], []];
  });

  it('hands it over with its id, and keeps the receipt', async () => {
    const one = await sink();
    const delivery = await through(one.url).send(mail());
    expect(delivery).toEqual({ outcome: 'sent', provider: `127.0.0.1:${one.port}`, receipt: '250 2.0.0 kept' });
    expect(one.taken).toMatchObject([{ to: 'ana@example.kz', messageId: '<0199a3c5@kelisim.test>' }]);
    expect(one.taken[0]!.raw).toMatch(/^Content-Type: multipart\/alternative/m);
  });

  it.each(['550 5.1.1 <ana@example.kz> no such user', '553 5.1.3 bad address', '554 5.7.1 never'])(
    'gives up on %s, without the address',
    async (answer) => {
      const one = await sink({ onRcpt: () => answer });
      const delivery = await through(one.url).send(mail());
      expect(delivery).toEqual({ outcome: 'failed', provider: expect.any(String), error: `${answer.slice(0, 9)} EENVELOPE` });
      expect(JSON.stringify(delivery)).not.toContain('ana@');
    },
  );

  it('tries again after 451, at the address or after the text', async () => {
    const one = await sink({ onRcpt: () => '451 4.3.0 later' });
    expect(await through(one.url).send(mail())).toMatchObject({ outcome: 'retry', error: '451 4.3.0 EENVELOPE' });
    const other = await sink({ onText: () => '451 4.3.0 later' });
    expect(await through(other.url).send(mail())).toMatchObject({ outcome: 'retry', error: '451 4.3.0 EMESSAGE' });
    expect(other.taken).toEqual([]);
  });

  it('does not send again by itself when the line is cut after the text', async () => {
    const [cut, second] = [await sink({ onText: () => 'cut' }), await sink()];
    expect(await through(cut.url, second.url).send(mail())).toMatchObject({ outcome: 'retry' });
    expect([cut.taken.length, second.taken.length]).toEqual([1, 0]);
  });

  it('goes to the second provider when the first is away, refuses us, or cannot now', async () => {
    const second = await sink();
    const refused = [
      'smtp://127.0.0.1:9',
      (await sink({ greeting: '554 not you\r\n' })).url,
      (await sink({ onRcpt: () => '451 later' })).url,
    ];
    for (const url of refused)
      expect(await through(url, second.url).send(mail())).toMatchObject({ outcome: 'sent', provider: `127.0.0.1:${second.port}` });
    expect(second.taken).toHaveLength(3);
  });

  it('asks a silent provider last for a while, and has nobody to ask without one', async () => {
    const second = await sink();
    const port = through('smtp://127.0.0.1:9', second.url);
    await port.send(mail());
    await port.send(mail());
    expect(second.taken).toHaveLength(2);
    expect(await through().send(mail())).toEqual({ outcome: 'retry', provider: 'smtp', error: 'no_provider' });
  });

  it('asks whom the house lets rest last, and still asks it when there is no other', async () => {
    const [first, second] = [await sink(), await sink()];
    const port = through(first.url, second.url);
    port.rest(new Set([`127.0.0.1:${first.port}`]));
    await port.send(mail());
    expect([first.taken.length, second.taken.length]).toEqual([0, 1]);
    port.rest(new Set());
    await port.send(mail());
    expect(first.taken).toHaveLength(1);
    const alone = through(first.url, 'smtp://127.0.0.1:9');
    alone.rest(new Set([`127.0.0.1:${first.port}`]));
    await alone.send(mail());
    expect(first.taken).toHaveLength(2);
  });

  it('waits for a slow greeting', async () => {
    const slow = await sink({ greetAfterMs: 1_500 });
    expect(await through(slow.url).send(mail())).toMatchObject({ outcome: 'sent' });
  });
});

describe('text messages', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mobizon-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const sms = { to: '+77010000001', text: 'Келісім: растау коды 482913', reference: 'one' };

  it('speaks the protocol of the gateway', async () => {
    const mailbox = await startMailbox({ dir });
    const port = (key: string) => new MobizonSms({ url: mailbox.smsUrl, key, from: 'KELISIM' });
    expect(await port(mailbox.smsKey).send(sms)).toEqual({ outcome: 'sent', provider: new URL(mailbox.smsUrl).host, receipt: '1' });
    const kept = (await (await fetch(`${mailbox.webUrl}/api/sms`)).json()) as object[];
    expect(kept).toMatchObject([{ to: '77010000001', text: sms.text, from: 'KELISIM', parts: 1 }]);
    expect(await port(mailbox.smsKey).send({ ...sms, to: '+7' })).toMatchObject({ outcome: 'failed', error: 'mobizon 1' });
    expect(await port('wrong').send(sms)).toMatchObject({ outcome: 'retry', error: 'mobizon 8' });
    await mailbox.stop();
    expect(await port(mailbox.smsKey).send(sms)).toMatchObject({ outcome: 'retry', error: 'ECONNREFUSED' });
  });

  it.each([
    [
      { code: 0, data: { messageId: '77' }, message: '' },
      { outcome: 'sent', receipt: '77' },
    ],
    [{ code: 100, data: null, message: '' }, { outcome: 'sent' }],
    [
      { code: 12, data: {}, message: 'bad value' },
      { outcome: 'failed', error: 'mobizon 12' },
    ],
    [
      { code: 13, data: null, message: 'busy' },
      { outcome: 'retry', error: 'mobizon 13' },
    ],
    ['<html>maintenance</html>', { outcome: 'retry', error: 'SyntaxError' }],
    [{}, { outcome: 'retry', error: 'mobizon -1' }],
  ])('reads 200 with %j for what it says', async (body, expected) => {
    const server = createServer((_, reply) => reply.end(typeof body === 'string' ? body : JSON.stringify(body)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await new MobizonSms({ url, key: 'k', from: 'KELISIM' }).send(sms)).toEqual({ provider: new URL(url).host, ...expected });
    server.closeAllConnections();
    server.close();
  });
});
