import { createHash } from 'node:crypto';
import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';

/** The same words as the name of a paper and in it, sent to a room: files, too, are searched for leaks. Resolves with the file's id. */
export async function asPaper(person: DemoPerson, roomId: string, text: string): Promise<string> {
  const file = Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n% ${text.replaceAll('/', ' ')}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
  );
  const asked = {
    name: `${text.replaceAll(/[/\\\s]+/g, ' ').slice(0, 60)}.pdf`,
    sha256: createHash('sha256').update(file).digest('hex'),
    purpose: 'room',
    roomId,
  };
  const begun = await ask(person, 'POST', '/uploads', {
    'upload-length': String(file.length),
    'upload-metadata': Object.entries(asked)
      .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
      .join(),
  });
  const id = begun.headers.get('location')!.split('/').at(-1)!;
  await ask(person, 'PATCH', `/uploads/${id}`, { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, file);
  return id;
}

async function ask(person: DemoPerson, method: string, path: string, headers: Record<string, string>, body?: Buffer): Promise<Response> {
  await person.ask('GET', '/people/me'); // the clock may have leapt: signs in again
  const reply = await fetch(`${person.origin}/api${path}`, {
    method,
    headers: { ...headers, 'tus-resumable': '1.0.0', origin: person.origin, cookie: person.cookies() },
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
  if (!reply.ok) throw new Error(`${person.name}: ${method} ${path} ${reply.status} ${await reply.text()}`);
  return reply;
}
