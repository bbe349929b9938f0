import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { Clock, Keyring, Keys, newId } from '#platform';
import { CaseEffects } from '#cases';
import { RoomsOpening } from '#rooms';
import { cloneDatabase, type FreshDatabase, freshDatabase } from '../../../../test/support/database.js';
import { arrangeMediation } from '../../../../test/support/mediation.js';
import { backUp, placesIn } from '../backup/back-up.js';
import { keepLedger } from '../backup/ledger.js';
import { restore } from '../backup/restore.js';
import { writeRing } from './rings.js';
import { idsIn, withNewMaster, withoutIdle, wrapAnew } from './rotate.js';
import { shredCase } from './shred.js';

const dir = mkdtempSync(join(tmpdir(), 'keys-'));
const nobody = { id: null, role: 'system' } as const;
let fresh: FreshDatabase;
let adminUrl: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  adminUrl = new URL(`/${fresh.name}`, inject('adminUrl')).href;
});
afterAll(async () => {
  await fresh.drop();
  rmSync(dir, { recursive: true });
});

/** Keys as one process holds them: nothing cached, its ring read from the file when it started. */
const startProcess = (content: string, contact: string) =>
  new Keys(new Clock(), new Keyring(`file:${contact}`), new Keyring(`file:${content}`));
const open = (keys: Keys, id: string, sealed: Buffer) =>
  fresh.db.transaction(nobody, (tx) => keys.open(tx, { scope: 'case', id }, sealed, 'claim'));
const sealFor = (keys: Keys, id: string, text: string) =>
  fresh.db.transaction(nobody, (tx) => keys.seal(tx, { scope: 'case', id }, text, 'claim'));

it('changes the master while processes seal and open, and loses no word', async () => {
  const [content, contact] = [join(dir, 'content.ring'), join(dir, 'contact.ring')];
  const old = fresh.secrets.CONTENT_KEYS;
  writeRing(content, old);
  writeRing(contact, fresh.secrets.CONTACT_KEYS);
  const [running, idle] = [startProcess(content, contact), startProcess(content, contact)];
  const kept = new Map<string, Buffer>();
  for (let n = 0; n < 20; n += 1) {
    const id = newId();
    kept.set(id, await sealFor(running, id, `талап ${n}`));
  }
  const turning = { on: true };
  const work = (async () => {
    for (let n = 20; turning.on; n += 1) {
      const id = newId();
      kept.set(id, await sealFor(running, id, `талап ${n}`));
    }
  })();
  const ring = withNewMaster(old);
  writeRing(content, ring);
  expect(await wrapAnew(adminUrl, 'contentKeys', ring)).toBeGreaterThanOrEqual(20);
  turning.on = false;
  await work;
  expect(await fresh.admin(`SELECT DISTINCT master_id FROM keys.data_keys WHERE scope = 'case'`)).toEqual([{ master_id: '2' }]);
  const texts = [];
  for (const [id, sealed] of kept) texts.push(await open(idle, id, sealed));
  expect(texts).toEqual(texts.map((_, n) => `талап ${n}`));

  const left = await withoutIdle(adminUrl, 'contentKeys', ring);
  expect(idsIn(left)).toEqual(['2']);
  writeRing(content, left);
  expect(await open(startProcess(content, contact), [...kept.keys()][0]!, [...kept.values()][0]!)).toBe('талап 0');
});

it('shreds the rooms of a closed case, says what is gone, and a restored backup does not bring it back', async () => {
  const people = await arrangeMediation(fresh);
  const spared = await arrangeMediation(fresh);
  const rooms: string[] = [];
  for (const { mediator, caseId } of [people, spared])
    await fresh.db.transaction(mediator, (tx) => new RoomsOpening(fresh.keys, fresh.clock, new CaseEffects()).open(tx, mediator, caseId));
  const place = randomUUID();
  for (const { mediator, caseId } of [people, spared]) {
    const [{ id }] = (await fresh.admin<{ id: string }>(`SELECT id FROM rooms WHERE case_id = $1 AND kind = 'joint'`, [caseId])) as [
      { id: string },
    ];
    rooms.push(id);
    const body = await fresh.db.transaction(mediator, (tx) => fresh.keys.seal(tx, { scope: 'room', id }, 'құпия сөз', place));
    await fresh.admin(
      `INSERT INTO messages (room_id, seq, id, author_id, client_id, body, body_mac, posted_at) VALUES ($1, 1, $2, $3, $2, $4, '\\x00', $5)`,
      [id, newId(), mediator.id, body, '2026-09-06T10:00:00Z'],
    );
  }
  const yesterday = placesIn(join(dir, 'backups'), new Date());
  await backUp(fresh.urls.backup, join(dir, 'none'), yesterday, new Date());

  const [{ number }] = (await fresh.admin<{ number: string }>('SELECT number FROM cases WHERE id = $1', [people.caseId])) as [
    { number: string },
  ];
  const order = { caseNumber: number, reason: 'retention', at: new Date() };
  await expect(shredCase(adminUrl, order)).rejects.toThrow('is not closed');
  await fresh.admin(`UPDATE cases SET state = 'CLOSED' WHERE id = $1`, [people.caseId]);
  await expect(shredCase(adminUrl, { ...order, caseNumber: 'none' })).rejects.toThrow('there is no case');
  const { rooms: gone } = await shredCase(adminUrl, order);
  expect(gone.map(({ kind, messages, keysDestroyed }) => [kind, messages, keysDestroyed])).toEqual([
    ['caucus', 0, 1],
    ['caucus', 0, 1],
    ['joint', 1, 1],
  ]);
  expect((await shredCase(adminUrl, order)).rooms.map(({ keysDestroyed }) => keysDestroyed)).toEqual([0, 0, 0]);

  const client = new Client({ connectionString: fresh.urls.backup });
  await client.connect();
  const ledger = await keepLedger(client, yesterday.ledger).finally(() => client.end());
  const target = await cloneDatabase();
  expect(await restore(target.adminUrl, join(dir, 'files'), { main: yesterday.main, keys: yesterday.keys, ledger })).toMatchObject({
    destroyed: 3,
  });
  const restored = new Client({ connectionString: target.adminUrl });
  await restored.connect();
  const keys = new Keys(new Clock(), new Keyring(fresh.secrets.CONTACT_KEYS), new Keyring(fresh.secrets.CONTENT_KEYS));
  const read = async (roomId: string) => {
    const { rows } = await restored.query<{ body: Buffer }>('SELECT body FROM messages WHERE room_id = $1', [roomId]);
    const tx = { query: async (sql: string, values: unknown[]) => (await restored.query<object>(sql, values)).rows };
    return keys.open(tx as never, { scope: 'room', id: roomId }, rows[0]!.body, place);
  };
  await expect(read(rooms[0]!)).rejects.toThrow('There is no key');
  expect(await read(rooms[1]!)).toBe('құпия сөз');
  await restored.end();
  await target.drop();
});
