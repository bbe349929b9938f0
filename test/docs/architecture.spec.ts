import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printDiagram } from '../../libs/cases/lifecycle.proof.js';

it('shows in docs/architecture.md the table of states that the code moves by', () => {
  const shown = /```mermaid\n([\s\S]*?)```/.exec(readFileSync('docs/architecture.md', 'utf8'))?.[1];
  expect(shown?.trim()).toBe(printDiagram().trim());
});
