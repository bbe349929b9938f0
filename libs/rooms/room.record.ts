import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, CaseExport, Language, RoomExport } from '#contract';
import { type Paper, printApart, renderPdf, type Words } from '#documents';
import { momentInWords, type TextKey, translate } from '#language';
import { Database, DomainError } from '#platform';
import { RoomExports } from './room.export.js';

type Key = TextKey<'documents'> extends `documents.${infer K}` ? (K extends `record.${infer R}` ? R : never) : never;
type Content = Paper['content'];
const both: Language[] = ['kk', 'ru'];
const [farAway, hashLine] = [new Date(0), 32];
/** So many messages are set beside everything else; more would hold it up. */
const few = 100;

/** The export of one's own rooms as a paper to read: every message with its hash, every room with the last hash of its chain. */
@Injectable()
export class RoomRecords {
  printLong = printApart();

  constructor(
    private readonly db: Database,
    private readonly exports: RoomExports,
  ) {}

  async print(actor: Actor, caseId: string): Promise<{ name: string; pdf: Uint8Array }> {
    const taken = await this.exports.take(actor, caseId);
    const [found] = (await this.db.transaction(actor, (tx) =>
      tx.query(`SELECT number, rules_on::text AS "rulesOn" FROM cases WHERE id = $1`, [caseId]),
    )) as { number: string; rulesOn: string }[];
    return { name: `${found?.number ?? caseId}-rooms.pdf`, pdf: await this.render(taken, recordOf(taken, found)) };
  }

  private render({ rooms }: CaseExport, paper: Paper): Promise<Uint8Array> {
    if (rooms.reduce((sum, { messages }) => sum + messages.length, 0) <= few) return renderPdf(paper);
    return this.printLong(paper).catch(() => {
      throw new DomainError('unavailable', { retryAfter: 60 });
    });
  }
}

/** The hash at the foot is of the heads of all chains: who has the JSON export of the same moment can compute it again. */
export const hashOfHeads = ({ rooms }: Pick<CaseExport, 'rooms'>) =>
  createHash('sha256')
    .update(JSON.stringify(rooms.map(({ roomId, head }) => [roomId, head])))
    .digest('hex');

function recordOf(taken: CaseExport, found?: { number: string; rulesOn: string }): Paper {
  const at = new Date(taken.takenAt);
  return {
    languages: both,
    title: say('title'),
    at,
    ...(found ? { number: found.number, ruleSet: found.rulesOn } : {}),
    hash: hashOfHeads(taken),
    content: [{ text: say('what') }, { facts: [[say('taken'), moment(at)]] }, ...taken.rooms.flatMap(roomOf)],
  };
}

function roomOf({ kind, members, messages, head }: RoomExport): Content {
  const nameOf = (id: string): Words => members.find(({ personId }) => personId === id)?.name ?? say('former');
  const people = both.map((language) => [
    language,
    members.map(({ name, capacity }) => `${name} (${translate(language, `documents.record.capacity.${capacity}`)})`).join(', '),
  ]);
  const rows = messages.map((message): Words[] => [
    String(message.seq),
    moment(new Date(message.postedAt)),
    nameOf(message.authorId),
    wordsOf(message, message.released ? nameOf(message.released.authorId) : ''),
  ]);
  const head4: Words[] = ['№', say('when'), say('who'), say('words')];
  return [
    { heading: say(kind === 'joint' || kind === 'sub' ? `room.${kind}` : 'room.caucus') },
    { facts: [[say('people'), Object.fromEntries(people) as Words], [say('head'), hashText(head)]] }, // prettier-ignore
    rows.length > 0 ? { table: { head: head4, rows, widths: [24, 84, 96, '*'] } } : { text: say('none') },
  ];
}

/** The words as they were written, once; what the house says of them in both languages. */
function wordsOf({ body, files = [], isRetracted, editedAt, released, hash }: RoomExport['messages'][number], author: Words): Words {
  const name = (language: Language) => (typeof author === 'string' ? author : (author[language] ?? ''));
  const notes = both.flatMap((language) => [
    ...(isRetracted ? [translate(language, 'documents.record.retracted')] : []),
    ...(editedAt && !isRetracted ? [translate(language, 'documents.record.edited')] : []),
    ...(released ? [translate(language, 'documents.record.released', { name: name(language) })] : []),
  ]);
  return [body, ...files.map(({ name: file }) => file), notes.length > 0 ? `(${notes.join(' · ')})` : '', hashText(hash)]
    .filter(Boolean)
    .join('\n');
}

const say = (key: Key): Words => Object.fromEntries(both.map((language) => [language, translate(language, `documents.record.${key}`)]));
const moment = (at: Date): Words => Object.fromEntries(both.map((language) => [language, momentInWords(language, at, farAway)]));
/** In two lines: nothing breaks a word of sixty-four letters. */
const hashText = (hash: string) => `${hash.slice(0, hashLine)}\n${hash.slice(hashLine)}`;
