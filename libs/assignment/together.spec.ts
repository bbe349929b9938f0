import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Choosing, lineOf, type SideAnswer } from './together.js';

const people = ['k', 'l', 'm', 'n', 'o', 'p', 'q', 'r'];
const answer = (listed: string[]): fc.Arbitrary<SideAnswer> =>
  fc.tuple(fc.shuffledSubarray(listed, { minLength: listed.length }), fc.nat(listed.length)).map(([order, at]) => ({
    struck: order.slice(at),
    ranked: order.slice(0, at),
  }));
const anyChoosing: fc.Arbitrary<Choosing> = fc
  .record({ listed: fc.subarray(people, { minLength: 1 }), seed: fc.string(), caseId: fc.uuid() })
  .chain(({ listed, ...more }) => {
    const side = fc.option(answer(listed), { freq: 4 });
    return fc.record({ a: side, b: side }).map((sides) => ({ listed, ...more, ...sides }));
  });
const anyEngine = fc.shuffledSubarray([...people, 'x', 'y'], { minLength: 0 });
const choosing = (a: SideAnswer | null, b: SideAnswer | null, listed = ['k', 'l', 'm']): Choosing => ({
  caseId: 'c',
  seed: 's',
  listed,
  a,
  b,
});
const all = (ranked: string[], struck: string[] = []): SideAnswer => ({ ranked, struck });

it('never takes whom a side struck, and nobody twice', () => {
  fc.assert(
    fc.property(anyChoosing, anyEngine, (asked, engine) => {
      const { order } = lineOf(asked, engine);
      const struck = [...(asked.a?.struck ?? []), ...(asked.b?.struck ?? [])];
      expect(order.filter((id) => struck.includes(id))).toEqual([]);
      expect(new Set(order).size).toBe(order.length);
    }),
  );
});

it('is the same whichever side is which, in whatever order the list was drawn up', () => {
  fc.assert(
    fc.property(anyChoosing, anyEngine, (asked, engine) => {
      expect(lineOf({ ...asked, a: asked.b, b: asked.a }, engine)).toEqual(lineOf(asked, engine));
      expect(lineOf({ ...asked, listed: asked.listed.toReversed() }, engine)).toEqual(lineOf(asked, engine));
    }),
  );
});

it('is the engine’s where nobody is left to both, or a side is silent', () => {
  fc.assert(
    fc.property(anyChoosing, anyEngine, (asked, engine) => {
      const { a, b, listed } = asked;
      const isEmpty = listed.every((id) => a?.struck.includes(id) || b?.struck.includes(id));
      fc.pre(!a || !b || isEmpty);
      const struck = [...(a?.struck ?? []), ...(b?.struck ?? [])];
      expect(lineOf(asked, engine)).toEqual({ by: 'house', order: engine.filter((id) => !struck.includes(id)) });
    }),
  );
});

it('begins with one of those both left, never with one that both placed after another', () => {
  fc.assert(
    fc.property(anyChoosing, anyEngine, (asked, engine) => {
      const { a, b } = asked;
      fc.pre(a !== null && b !== null);
      const { by, order } = lineOf(asked, engine);
      const better = (one: string, other: string) =>
        [a!, b!].every(({ ranked }) => ranked.includes(one) && ranked.indexOf(one) < ranked.indexOf(other));
      if (by === 'sides') expect(asked.listed.filter((id) => better(id, order[0]!))).toEqual([]);
    }),
  );
});

it.each<[string, Choosing, string[]]>([
  ['whom both want', choosing(all(['l', 'k', 'm']), all(['l', 'm', 'k'])), ['l', 'k', 'm']],
  ['the second of both before the first of one and the last of the other', choosing(all(['k', 'l', 'm']), all(['m', 'l', 'k'])), ['l']],
  ['who is left, whatever its place', choosing(all(['k', 'm'], ['l']), all(['l', 'm'], ['k'])), ['m', 'x']],
  ['nobody of the list: the engine’s', choosing(all(['k'], ['l', 'm']), all(['l', 'm'], ['k'])), ['x', 'y']],
  ['of one answer the strikes alone: the engine’s order', choosing(all(['m', 'l'], ['k']), null), ['l', 'm', 'x']],
  ['no answer at all: the engine’s', choosing(null, null), ['k', 'l', 'm', 'x', 'y']],
])('by hand: %s', (_, asked, first) => {
  expect(lineOf(asked, ['k', 'l', 'm', 'x', 'y']).order.slice(0, first.length)).toEqual(first);
});

it('parts equals by the seed alone, the same way every time', () => {
  const even = choosing(all(['k', 'l']), all(['l', 'k']), ['k', 'l']);
  const firsts = Array.from({ length: 40 }, (__, at) => lineOf({ ...even, seed: `${at}` }, []).order[0]);
  expect(new Set(firsts)).toEqual(new Set(['k', 'l']));
  expect(Array.from({ length: 40 }, (__, at) => lineOf({ ...even, seed: `${at}` }, []).order[0])).toEqual(firsts);
});
