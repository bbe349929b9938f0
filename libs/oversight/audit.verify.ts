import { createHash } from 'node:crypto';
import { type AuditExport, type AuditVerdict } from '#contract';
import { leafOf, rootOf, treeFrom } from './audit.tree.js';

/**
 * Whether an export of a case's facts is what was recorded, without asking anybody: each fact's hash is computed anew from the one before it
 * (event_hash, 0005), and the chain's head at the day of the root is led up to that root. `published`: the root as somebody else kept it.
 */
export function verdictOn({ chain, facts, proof }: AuditExport, published?: string): AuditVerdict {
  let previous = Buffer.alloc(0);
  for (const [at, fact] of facts.entries()) {
    const fields = [fact.id, chain, fact.seq, fact.type, fact.actorId ?? '', fact.actorRole, fact.at, fact.data].join('|');
    const hash = createHash('sha256').update(previous).update(fields, 'utf8').digest();
    if (fact.seq !== at + 1 || hash.toString('hex') !== fact.hash)
      return { holds: false, facts: facts.length, brokenAt: at + 1, root: 'unknown' };
    previous = hash;
  }
  return { holds: true, facts: facts.length, brokenAt: null, root: rootVerdict({ chain, facts, proof }, published) };
}

/** `matches`: the chain leads to the root; `differs`: it was written anew, or the root is another day's; `unknown`: there is none to compare with. */
function rootVerdict({ chain, facts, proof }: Pick<AuditExport, 'chain' | 'facts' | 'proof'>, published?: string): AuditVerdict['root'] {
  if (!proof) return published ? 'differs' : 'unknown';
  const head = facts[proof.seq - 1];
  if (!head) return 'differs';
  const tree = treeFrom(leafOf({ chain, seq: proof.seq, hash: head.hash }), proof.path);
  const root = rootOf(Buffer.from(proof.previous, 'hex'), tree).toString('hex');
  return root === (published ?? proof.root) ? 'matches' : 'differs';
}
