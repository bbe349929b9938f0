import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { carriedFrom, triage, type TriageAnswers, triageEnds, triageQuestions, triageTable } from '#contract';
import { translate, type TextKey } from '#language';
import { screenAnswers } from './application.screening.js';
import { ReferenceService } from './reference.service.js';
import { printTriage } from './triage.print.js';

type Path = { given: TriageAnswers; row: (typeof triageTable)[number] };

/** Every way through the dialogue, answered as a person would: until it ends. */
function* walk(given: TriageAnswers = {}): Generator<Path> {
  const next = triage(given);
  if ('row' in next) return yield { given, row: next.row };
  const { options } = triageQuestions.find(({ id }) => id === next.ask)!;
  for (const option of Object.keys(options)) yield* walk({ ...given, [next.ask]: option });
}
const paths = [...walk()];
const rules = new ReferenceService(undefined as never).rules();
const ruleOf = (code: string | null) => rules.find((rule) => rule.code === code);

describe('triage', () => {
  it('ends on every path, asking nothing twice', () => {
    expect(paths.length).toBeGreaterThan(700);
    for (const { given } of paths) expect(Object.keys(given).length).toBeLessThanOrEqual(triageQuestions.length);
  });

  it('reaches every row of the table and every end', () => {
    expect(triageTable.filter((row) => !paths.some((path) => path.row === row))).toEqual([]);
    expect(Object.keys(triageEnds).filter((end) => !paths.some(({ row }) => row.end === end))).toEqual([]);
  });

  it('says what to do next at every end, in three languages, and by which article mediation is not possible', () => {
    for (const { row } of paths) {
      expect(triageEnds[row.end].length).toBeGreaterThan(0);
      for (const language of ['kk', 'ru', 'en'] as const)
        for (const key of [`triage.end.${row.end}`, `triage.end.${row.end}.text`, ...triageEnds[row.end].map((act) => `triage.act.${act}`)])
          expect(translate(language, key as TextKey)).not.toBe(key);
      if (row.rule) expect(ruleOf(row.rule)?.nextStep.kk).toBeTruthy();
      if (row.end === 'not_possible') expect(ruleOf(row.rule)).toMatchObject({ outcome: 'refuse', articles: [expect.anything()] });
    }
  });

  it('asks every question, and offers every answer, in words', () => {
    const keys = triageQuestions.flatMap(({ id, options }) => [id, `${id}.why`, ...Object.keys(options).map((one) => `${id}.${one}`)]);
    expect(keys.filter((key) => translate('kk', `triage.${key}` as TextKey) === `triage.${key}`)).toEqual([]);
  });

  it('looks at the rules in the order of the screening, and never promises more than they do', () => {
    const orders = triageTable.flatMap(({ rule, atOnce }) => (atOnce ? [] : (ruleOf(rule)?.order ?? [])));
    expect(orders).toEqual(orders.toSorted((one, other) => one - other));
    for (const { end, rule } of triageTable) if (end === 'fits') expect([rule, ruleOf(rule)?.outcome]).toEqual([rule, 'allow']);
  });

  /** The machine hears less than the dialogue: how grave a crime is, who joins, which procedure. There a person asks again. */
  const unheard = new Set(['CRIMINAL_SERIOUS', 'THIRD_PARTY_JOINS', 'COURT_PROCEDURE']);

  const judged = (given: Parameters<typeof carriedFrom>[0]) => {
    const carried = carriedFrom(given);
    return screenAnswers(carried, null, '2026-11-23', carried.flags?.violence === true);
  };

  it('carries answers into an application that the screening judges alike', () => {
    const differ = paths
      .filter(({ row }) => row.rule && !unheard.has(row.rule))
      .filter(({ given, row }) => !judged(given).reasons.includes(row.rule!));
    expect(differ).toEqual([]);
    const fitting = paths.filter(({ row }) => row.end === 'fits');
    expect(fitting.filter(({ given }) => judged(given).proposal !== 'allow')).toEqual([]);
  });

  it('carries what was answered and nothing else', () => {
    expect(carriedFrom({})).toEqual({});
    expect(carriedFrom({ about: 'debt', safety: 'yes', other: 'known', crime: 'none', people: 'none', court: 'bailiff' })).toEqual({
      category: 'debt',
      flags: { violence: false, stateBody: false, enforcementOpen: true },
    });
  });

  it('asks again for an answer it does not know', () => expect(triage({ about: 'constructor' })).toEqual({ ask: 'about' }));

  it('is printed in docs/triage.md', () => expect(readFileSync('docs/triage.md', 'utf8')).toBe(printTriage()));
});
