import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const here = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const { cssVariables } = JSON.parse(here('./tokens.json')) as { cssVariables: Record<string, Record<string, string>> };
const sheet = here('./tokens.css');

function declared(selector: string) {
  const block = sheet.slice(sheet.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]));
}

it.each([
  ['light', ':root'],
  ['hc-light', "[data-theme='hc-light']"],
  ['hc-dark', "[data-theme='hc-dark']"],
  ['blue', "[data-theme='blue']"],
])('the sheet carries the %s tokens as the look gives them', (theme, selector) => {
  const expected = Object.entries(cssVariables[theme]!).map(([name, value]) => [name, value.startsWith('#') ? value.toLowerCase() : value]);
  expect(declared(selector)).toMatchObject(Object.fromEntries(expected));
});
