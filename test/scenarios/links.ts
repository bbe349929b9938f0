import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Visitor } from '../../apps/launcher/src/demo/visitor.js';
import type { Company } from './act.js';
import { readings } from './decode.js';
import type { House } from './house.js';

/** What a link could change if it did what a link must not. Notices and counters go on by themselves. */
const tables = ['cases', 'applications', 'parties', 'invitations', 'offers', 'papers', 'confirmations', 'events', 'rooms', 'messages', 'persons', 'person_roles', 'staff_invitations', 'one_time_codes', 'sessions', 'notice_wishes', 'notice_hours', 'push_subscriptions', 'bounces', 'meetings', 'proposals', 'slot_answers']; // prettier-ignore

/** The worker goes on while the links are opened: it ends terms and reminds as nobody, which a visitor's request never is. */
const ofPeople: Record<string, string> = { events: "WHERE actor_role <> 'system'" };

/** What is over is swept away at any hour; from the other tables nothing may vanish. */
const swept = ['one_time_codes', 'sessions'];

/**
 * Every link of every message that was sent, first as a mail scanner opens it (GET and HEAD, no cookie): it answers, and nothing changes.
 * Then as a person: a case opens to who is in it and to no stranger, the unsubscribe link unsubscribes when it is pressed.
 */
export async function followLinks(house: House, company: Company): Promise<{ differences: string[]; note: string }> {
  const links = linksIn(join(house.dir, 'mailbox'), house.origin);
  const differences = links.length > 0 ? [] : ['no message has a link'];
  const before = await rowsOf(house);
  for (const link of links) differences.push(...(await scanned(link, house.origin)));
  differences.push(...changed(before, await rowsOf(house)));
  const asked = {
    cases: links.filter((link) => /\/cases\/[0-9a-f-]{36}$/.test(link)),
    ends: links.filter((link) => link.includes('/api/unsubscriptions/')),
  };
  for (const link of asked.cases) differences.push(...(await opened(link, house.origin, company)));
  for (const link of asked.ends.slice(0, 3)) differences.push(...(await pressed(link, house)));
  return { differences, note: `${links.length} links: ${asked.cases.length} of cases, ${asked.ends.length} to unsubscribe` };
}

function linksIn(folder: string, origin: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(eml|json)$/.test(name));
  const texts = files.flatMap((name) => readings(readFileSync(join(folder, name), 'utf8').replaceAll(/\r?\n[ \t]/g, ''), 1));
  const found = texts.flatMap((text) => [...text.matchAll(/https?:\/\/[^\s"'<>\\]+/g)].map(([link]) => link.replace(/[.,)]+$/, '')));
  return [...new Set(found.filter((link) => link.startsWith(origin) && !link.includes('=')))];
}

async function scanned(link: string, origin: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const method of ['HEAD', 'GET']) {
    const reply = await fetch(link, { method, redirect: 'follow', headers: { 'user-agent': 'MailScanner/1.0' } });
    await reply.text();
    if (reply.status !== 200 || !reply.url.startsWith(origin))
      wrong.push(`${method} ${new URL(link).pathname.split('/')[1]} answers ${reply.status}`);
  }
  return wrong;
}

async function opened(link: string, origin: string, company: Company): Promise<string[]> {
  const path = `/cases/${link.split('/').at(-1)}`;
  const stranger = await new Visitor(origin).call('GET', path);
  const { number } = await company.coordinator.ask<{ number: string }>('GET', path);
  return [
    ...(stranger.status === 401 ? [] : [`a stranger's ${path} answers ${stranger.status}`]),
    ...(number ? [] : [`${path} opens nothing`]),
  ];
}

async function pressed(link: string, house: House): Promise<string[]> {
  const before = await rowsOf(house);
  const reply = await fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
  const after = await rowsOf(house);
  const others = changed({ ...before, notice_wishes: [] }, { ...after, notice_wishes: [] });
  return [...(reply.status === 204 ? [] : [`unsubscribing answers ${reply.status}`]), ...others];
}

type Rows = Record<string, string[]>;

function changed(before: Rows, after: Rows): string[] {
  return tables
    .filter((table) => {
      const [old, now] = [new Set(before[table]), new Set(after[table])];
      return [...now].some((row) => !old.has(row)) || (!swept.includes(table) && [...old].some((row) => !now.has(row)));
    })
    .map((table) => `opening a link changes ${table}`);
}

async function rowsOf(house: House): Promise<Rows> {
  const client = new pg.Client({ connectionString: house.roles.backup });
  await client.connect();
  try {
    const found: Rows = {};
    for (const table of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t ${ofPeople[table] ?? ''}`);
      found[table] = rows.map(({ text }) => text);
    }
    return found;
  } finally {
    await client.end();
  }
}
