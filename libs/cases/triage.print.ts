import { triageEnds, triageQuestions, triageTable } from '#contract';

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

/** The dialogue as a lawyer reads it: questions, table, ends. */
export function printTriage(): string {
  const questions = triageQuestions.map(({ id, options }, at) => `${at + 1}. **${id}**: ${code(Object.keys(options))}`);
  const rows = triageTable.map(({ when, end, rule, atOnce }, at) => {
    const conditions = Object.entries(when).map(([question, answers]) => `${question} = ${code(answers)}`);
    return `| ${at + 1} | ${conditions.join(' and ') || 'always'} | ${end} | ${rule ?? '–'} | ${atOnce ? 'at once' : 'after the last question'} |`;
  });
  const ends = Object.entries(triageEnds).map(([end, acts]) => `- **${end}**: ${code(acts)}`);
  return `# Triage: is mediation for me?

Printed from \`libs/contract/triage.ts\`; a test compares. No account, nothing is stored: the answers stay in the browser until an application is begun.
Texts in three languages: \`libs/language\`, area \`triage\`. Rules, articles and next steps: \`libs/cases/data/screening-rules.json\`, open at \`GET /api/screening-rules\`.

## Asked, in this order

${questions.join('\n')}

## Decided: the first row that is true

| # | when | end | rule | looked at |
|---|---|---|---|---|
${rows.join('\n')}

## What one can do there

${ends.join('\n')}
`;
}
