import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clamd, type Storage } from '#files';
import { DomainError } from '#platform';
import { attacks, eicar, jpeg, pdf, word } from '../../test/support/attacks.js';
import { freePort } from '../../apps/launcher/src/port.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Files, startFiles } from '../../test/support/files.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';

let fresh: FreshDatabase;
let files: Files;
let people: Mediation;
let place: { purpose: 'power'; caseId: string };
const refused = (code: string) => expect.objectContaining({ code });
const mega = 1024 * 1024;

beforeAll(async () => {
  fresh = await freshDatabase();
  files = startFiles(fresh);
  people = await arrangeMediation(fresh);
  place = { purpose: 'power', caseId: people.caseId };
});
afterAll(async () => {
  files.stop();
  await fresh.drop();
});

const nothingIsLeft = async (of = files) => {
  expect(of.onDisk()).toEqual([]);
  expect(await fresh.admin('SELECT id FROM uploads UNION ALL SELECT id FROM files')).toEqual([]);
};

describe('is refused, with nothing left of it:', () => {
  let most = 0;
  beforeAll(() => {
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    return () => clearInterval(watch);
  });

  it.each(attacks)('$what ($code)', async ({ name, file, code }) => {
    const bytes = await file();
    const before = process.memoryUsage().rss;
    most = before;
    await expect(files.send(people.a, place, name, bytes)).rejects.toEqual(refused(code));
    // What a file may weigh a few times over, and never what it would unpack to.
    expect((most - before) / mega).toBeLessThan(250);
    await nothingIsLeft();
  });

  it('but not what only looks so: a scan holds every short word by chance', async () => {
    const stream = Buffer.concat([randomBytes(2_000_000), Buffer.from(' /JS (x) /XFAz <svg '), randomBytes(1_000_000)]).toString('latin1');
    const scan = pdf('', `4 0 obj\n<< /Length ${stream.length} >>\nstream\n${stream}\nendstream\nendobj\n`);
    const { file } = await files.send(people.a, place, 'scan.pdf', scan);
    await files.files.remove(people.a, file!.id);
    await fresh.admin('DELETE FROM files');
    await files.leavings.remove();
    await nothingIsLeft();
  });

  it('a file longer than it was said to be', async () => {
    const { id } = await files.begin(people.a, place, 'a.pdf', pdf());
    const more = (async function* () {
      yield Buffer.concat([pdf(), Buffer.alloc(10)]);
    })();
    await expect(files.uploads.receive(people.a, id, 0, more)).rejects.toEqual(refused('file.differs'));
    await files.uploads.abandon(people.a, id);
    await nothingIsLeft();
  });
});

describe('with a storage that is', () => {
  const broken = (error: Error): Storage => ({
    put: async () => {
      throw error;
    },
    read: () => {
      throw error;
    },
    list: () => {
      throw error;
    },
    remove: async () => undefined,
  });
  it.each([
    ['full', new DomainError('file.storage_full'), 'file.storage_full'],
    ['away', new DomainError('unavailable'), 'unavailable'],
  ])('%s, the upload waits where it was', async (_, error, code) => {
    const own = startFiles(fresh, { storage: broken(error) });
    const file = await jpeg();
    await expect(own.send(people.a, place, 'a.jpg', file)).rejects.toEqual(refused(code));
    const { received, id } = await files.begin(people.a, place, 'a.jpg', file);
    expect(received).toBe(0);
    await files.uploads.abandon(people.a, id);
    own.stop();
  });

  it('a folder that cannot be written, says so', async () => {
    const own = startFiles(fresh);
    chmodSync(own.folder, 0o700);
    rmSync(own.folder, { recursive: true });
    writeFileSync(own.folder, 'not a folder');
    await expect(own.send(people.a, place, 'a.jpg', await jpeg())).rejects.toEqual(refused('unavailable'));
    rmSync(own.folder);
    await fresh.admin('DELETE FROM uploads');
  });
});

/** Debian's clamd with a database of one signature of ours: the big ones cannot be fetched here. */
describe('with a scanner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-clamd-'));
  let clamd: ChildProcess;
  let port: number;
  let scanned: Files;

  const start = async () => {
    clamd = spawn('clamd', ['--foreground', `--config-file=${join(folder, 'clamd.conf')}`], { stdio: 'ignore' });
    for (let tries = 0; tries < 300 && (await new Clamd(`tcp://127.0.0.1:${port}`).scan(Buffer.from('x'))) !== 'clean'; tries += 1)
      await new Promise((again) => setTimeout(again, 100));
  };
  const stop = async () => {
    const ended = new Promise((done) => clamd.once('exit', done));
    clamd.kill('SIGKILL');
    await ended;
  };

  beforeAll(async () => {
    port = await freePort(0);
    writeFileSync(join(folder, 'house.ndb'), `House.Test:0:*:${eicar.toString('hex')}\n`);
    writeFileSync(
      join(folder, 'clamd.conf'),
      `DatabaseDirectory ${folder}\nTCPSocket ${port}\nTCPAddr 127.0.0.1\nForeground yes\nStreamMaxLength 30M\nMaxThreads 2\nOfficialDatabaseOnly no\nUser root\n`.replace(
        process.getuid?.() === 0 ? '' : 'User root\n',
        '',
      ),
    );
    chmodSync(folder, 0o755);
    scanned = startFiles(fresh, { scanner: new Clamd(`tcp://127.0.0.1:${port}`) });
    await start();
  }, 60_000);
  afterAll(async () => {
    await stop();
    scanned.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('what is clean is said to be scanned', async () => {
    const { file } = await scanned.send(people.a, place, 'a.jpg', await jpeg());
    expect(file).toMatchObject({ isScanned: true });
    await fresh.admin('DELETE FROM files');
    await scanned.leavings.remove();
  });

  it.each([
    ['in an archive', 'a.docx', () => word({ name: 'word/media/a.bin', data: eicar })],
    ['in a PDF', 'a.pdf', () => pdf('', `% ${eicar.toString('latin1')}\n`)],
    ['behind a picture', 'a.jpg', async () => Buffer.concat([await jpeg(), eicar])],
  ])('the test signature %s is refused', async (_, name, file) => {
    await expect(scanned.send(people.a, place, name, await file())).rejects.toEqual(refused('file.infected'));
    await nothingIsLeft(scanned);
  });

  it('a file waits while it is away, and is not taken for clean', async () => {
    await stop();
    const waiting = await scanned.send(people.a, place, 'a.jpg', await jpeg());
    expect(waiting).toMatchObject({ state: 'waiting', file: null });
    await expect(scanned.files.read(people.a, waiting.id)).rejects.toEqual(refused('not_found'));
    expect(await scanned.uploads.show(people.a, waiting.id)).toMatchObject({ state: 'waiting' });
    await start();
    expect(await scanned.uploads.show(people.a, waiting.id)).toMatchObject({ state: 'done', file: { isScanned: true } });
  }, 60_000);

  it('one that answers nothing it knows, or nothing at all, has given no verdict', async () => {
    const server = createServer((socket) => void socket.end('INSTREAM size limit exceeded. ERROR\0'));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port: strange } = server.address() as { port: number };
    expect(await new Clamd(`tcp://127.0.0.1:${strange}`).scan(Buffer.alloc(mega))).toBe('away');
    server.close();
    const silent = createServer(() => undefined);
    await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
    const { port: mute } = silent.address() as { port: number };
    expect(await new Clamd(`tcp://127.0.0.1:${mute}`, 200).scan(Buffer.alloc(mega))).toBe('away');
    silent.close();
  });
});
