import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { freePort } from '../../../apps/launcher/src/port.js';
import { spawnApi } from '../../support/api.js';
import { pdf } from '../../support/attacks.js';
import { freshDatabase } from '../../support/database.js';
import { hashOf } from '../../support/files.js';
import { arrangeMediation, openSession } from '../../support/mediation.js';
import { begin, offsetOf, sendByTus, sendCut } from '../../support/tus.js';

/** A paper of so many random bytes: what comes back has to be the same to the last one. */
export const paperOf = (bytes: number) => pdf('', `% ${randomBytes(bytes / 2).toString('hex')}\n`);

const atOnce = 512 * 1024;

/** An api of its own that can be killed, somebody signed in there, and a case to add papers to. `dataDir`: where its files lie. */
export async function uploadHouse(dataDir = mkdtempSync(join(tmpdir(), 'kelisim-uploads-'))) {
  const fresh = await freshDatabase();
  const people = await arrangeMediation(fresh);
  const { cookie } = await openSession(fresh.admin, people.a, new Date().toISOString());
  const port = await freePort(0);
  const saysFrom = 'http://kelisim.test';
  const start = () => spawnApi(fresh, { origin: saysFrom, redisUrl: inject('redisUrl'), port, dataDir });
  let api = await start();
  const line = { origin: `http://127.0.0.1:${port}`, cookie, saysFrom };
  const asked = { origin: saysFrom, cookie, 'tus-resumable': '1.0.0' };
  const place = { purpose: 'power', caseId: people.caseId };
  return {
    /** What is on the disk now, by name. */
    onDisk: () =>
      readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map(({ name }) => name),
    restart: async () => {
      await api.end('SIGKILL');
      api = await start();
    },
    begin: (file: Buffer) => begin(line, place, 'paper.pdf', file),
    offset: (id: string) => offsetOf(line, id),
    send: (id: string, file: Buffer, offset: number, bytes?: number) => sendCut(line, id, file, offset, bytes),
    /** So much as one request of the protocol's client carries; resolves with the status, and why it was refused. */
    sendNext: async (id: string, file: Buffer, offset: number) => {
      const headers = { ...asked, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
      const body = new Uint8Array(file.subarray(offset, offset + atOnce));
      const reply = await fetch(`${line.origin}/api/uploads/${id}`, { method: 'PATCH', headers, body });
      const said = await reply.text();
      return { status: reply.status, code: reply.ok ? null : (JSON.parse(said) as { code: string }).code };
    },
    giveUp: async (id: string) => (await fetch(`${line.origin}/api/uploads/${id}`, { method: 'DELETE', headers: asked })).status,
    /** What the page asks: has it arrived? Asking looks at it once more. */
    show: async (id: string) => {
      const reply = await fetch(`${line.origin}/api/uploads/${id}`, { headers: { cookie } });
      return { status: reply.status, ...((await reply.json()) as { state?: string; code?: string }) };
    },
    sendByTus: (file: Buffer, onProgress: (sent: number) => void) => sendByTus(line, place, 'paper.pdf', file, onProgress),
    hash: async (id: string) => {
      const reply = await fetch(`${line.origin}/api/files/${id}/content`, { headers: { cookie } });
      return reply.ok ? hashOf(Buffer.from(await reply.arrayBuffer())) : `${reply.status}`;
    },
    rows: async () => ({
      uploads: (await fresh.admin('SELECT id FROM uploads')).length,
      leavings: (await fresh.admin('SELECT object FROM storage_leavings')).length,
    }),
    stop: async () => {
      await api.end();
      await fresh.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type UploadHouse = Awaited<ReturnType<typeof uploadHouse>>;

/** One upload, cut so many times at bytes nobody chose; resolves with its id and how often it was cut indeed. */
export async function sendThroughCuts(house: UploadHouse, file: Buffer, cuts: number) {
  const id = await house.begin(file);
  let done = 0;
  while (done < cuts) {
    const offset = await house.offset(id);
    const most = Math.floor((file.length - offset) / (cuts - done));
    if ((await house.send(id, file, offset, Math.ceil(Math.random() * most))) === 0) done += 1;
  }
  for (let status = 0; status !== 204;) status = await house.send(id, file, await house.offset(id));
  return { id, cuts: done };
}

/** One upload by the protocol's own client, while the api is killed at each of the given shares of the way. */
export async function sendThroughKills(house: UploadHouse, file: Buffer, shares: number[]) {
  const left = [...shares];
  let restarting: Promise<void> | null = null;
  const id = await house.sendByTus(file, (sent) => {
    if (restarting || left.length === 0 || sent < left[0]! * file.length) return;
    left.shift();
    restarting = house.restart().finally(() => (restarting = null));
  });
  await restarting;
  return { id, kills: shares.length - left.length };
}
