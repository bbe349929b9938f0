import type { Content, ContentStack } from 'pdfmake/interfaces.js';
import type { Language } from '#contract';

/** What is said in every language of the paper, or what reads the same in all of them (a number, a name, an address). */
export type Words = string | Partial<Record<Language, string>>;

export type Block =
  | { heading: Words }
  | { text: Words; strong?: boolean; small?: boolean }
  /** A label and what stands beside it, a line each. */
  | { facts: [label: Words, value: Words][] }
  /** `widths`: points, `*` or `auto`, one for each column. The head is repeated on every page. */
  | { table: { head: Words[]; rows: Words[][]; widths?: (number | '*' | 'auto')[] } }
  | { newPage: true };

/** How the paper is set: which languages, and whether they stand side by side. */
export type Setting = { languages: Language[]; columns: boolean; size: number };

export const colours = { ink: '#1A2426', ink2: '#46504F', brand: '#11545F', gold: '#B07A1B', line: '#DAD4C5' };

/** Clause by clause: the same clause in every language before the next one. */
export function setBlock(block: Block, setting: Setting): Content {
  if ('newPage' in block) return { text: '', pageBreak: 'after' };
  if ('heading' in block) return setWords(block.heading, setting, { bold: true, fontSize: setting.size + 2, margin: [0, 12, 0, 4] });
  if ('text' in block) {
    const look = { ...(block.strong ? { bold: true } : {}), ...(block.small ? { fontSize: setting.size - 2, color: colours.ink2 } : {}) };
    return setWords(block.text, setting, { margin: [0, 0, 0, 8], ...look });
  }
  if ('facts' in block) return factsOf(block.facts, setting);
  return tableOf(block.table, setting);
}

export function setWords(words: Words, setting: Setting, look: object = {}): Content {
  const said = wordsOf(words, setting);
  if (said.length < 2) return { text: said[0] ?? '', ...look };
  if (!setting.columns) return said.map((text) => ({ text, ...look }));
  return { columns: said.map((text) => ({ text, width: '*', ...look })), columnGap: 24 };
}

export const wordsOf = (words: Words, { languages }: Setting): string[] =>
  typeof words === 'string' ? [words] : [...new Set(languages.flatMap((language) => words[language] ?? []))];

function factsOf(facts: [Words, Words][], setting: Setting): Content {
  const body = facts.map(([label, value]) => [{ ...cell(label, setting), color: colours.ink2 }, cell(value, setting)]);
  if (body.length === 0) return { text: '' };
  return { table: { widths: ['38%', '*'], body }, layout: lines, margin: [0, 4, 0, 10] };
}

function tableOf(
  { head, rows, widths }: { head: Words[]; rows: Words[][]; widths?: (number | '*' | 'auto')[] },
  setting: Setting,
): Content {
  const top = head.map((words) => ({ ...cell(words, setting), bold: true }));
  const body = [top, ...rows.map((row) => row.map((words) => cell(words, setting)))];
  return {
    table: { headerRows: 1, dontBreakRows: true, widths: widths ?? head.map(() => '*'), body },
    layout: lines,
    fontSize: setting.size - 2,
    margin: [0, 4, 0, 10],
  };
}

const cell = (words: Words, setting: Setting): ContentStack => ({ stack: wordsOf(words, setting).map((text) => ({ text })) });

/** An ink rule under the head, hairlines between the rows, no zebra (look, section 10). */
const lines = {
  hLineWidth: (row: number, node: { table: { headerRows?: number } }) => (row === 0 ? 0 : row === node.table.headerRows ? 1 : 0.5),
  hLineColor: (row: number, node: { table: { headerRows?: number } }) => (row === node.table.headerRows ? colours.ink : colours.line),
  vLineWidth: () => 0,
  paddingLeft: (column: number) => (column === 0 ? 0 : 4),
  paddingRight: () => 4,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};
