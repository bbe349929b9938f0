import { readFileSync } from 'node:fs';
import { AuditExport } from '#contract';
import { verdictOn } from '#oversight';

/**
 * `npm run verify -- FILE [--root FILE]`: checks an export of a case's facts, without a database or a network. The root file is what somebody kept
 * of the published roots: 64 hexadecimal digits, or the JSON of /api/audit-roots. Ends with 1 if anything is not as it was recorded.
 */
const [file, flag, rootFile] = process.argv.slice(2);
if (!file || (flag && (flag !== '--root' || !rootFile))) {
  console.log('npm run verify -- FILE [--root FILE]');
  process.exit(2);
}
const read = AuditExport.safeParse(json(file));
if (!read.success) {
  console.log(`${file} is no export of a case's facts.`);
  process.exit(2);
}
const verdict = verdictOn(read.data, rootFile ? rootIn(readFileSync(rootFile, 'utf8'), read.data.proof?.day) : undefined);
if (verdict.holds) console.log(`${verdict.facts} facts of case ${read.data.number}: every one follows from the one before it.`);
else console.log(`Fact ${verdict.brokenAt} of ${verdict.facts} is not what was recorded: ${read.data.facts[verdict.brokenAt! - 1]!.type}.`);
if (verdict.holds && verdict.root === 'matches')
  console.log(`The chain leads to the root of ${read.data.proof!.day}${rootFile ? ', as it was kept' : ''}.`);
if (verdict.holds && verdict.root === 'differs')
  console.log('The chain does not lead to that root: it was written anew, or the root is of another day.');
if (verdict.holds && verdict.root === 'unknown') console.log('There is no root to compare with.');
process.exit(verdict.holds && verdict.root !== 'differs' ? 0 : 1);

function json(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** One root, or the one of that day among many. */
function rootIn(text: string, day?: string): string {
  const kept = text.trim();
  if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  try {
    const list = JSON.parse(kept) as { day: string; root: string }[];
    return list.find((one) => one.day === day)?.root ?? 'none';
  } catch {
    return 'none';
  }
}
