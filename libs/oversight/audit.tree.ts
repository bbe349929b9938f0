import { createHash } from 'node:crypto';

/** The head of a chain of facts at a moment. */
export type Head = { chain: string; seq: number; hash: string };
/** The neighbours on the way from a leaf to the root: hash in hex, and on which side it stands. */
export type Step = { side: 'left' | 'right'; hash: string };

const sha256 = (...parts: (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** Leaves and nodes are hashed apart (RFC 6962), so that no node can pass for a leaf. */
export const leafOf = ({ chain, seq, hash }: Head) => sha256(Buffer.of(0), `${chain}|${seq}|`, Buffer.from(hash, 'hex'));
const nodeOf = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right);
/** A day's root is over its tree and the root of the day before. */
export const rootOf = (previous: Buffer, tree: Buffer) => sha256(Buffer.of(2), previous, tree);

/** Pairs from the left; one that is left over goes up as it is. */
export function treeOf(leaves: readonly Buffer[]): Buffer {
  let level = [...leaves];
  if (level.length === 0) return sha256(Buffer.of(3));
  while (level.length > 1) level = above(level);
  return level[0]!;
}

export function pathOf(leaves: readonly Buffer[], index: number): Step[] {
  const path: Step[] = [];
  let [level, at] = [[...leaves], index];
  while (level.length > 1) {
    const beside = at % 2 === 0 ? at + 1 : at - 1;
    if (level[beside]) path.push({ side: at % 2 === 0 ? 'right' : 'left', hash: level[beside].toString('hex') });
    level = above(level);
    at = Math.floor(at / 2);
  }
  return path;
}

export const treeFrom = (leaf: Buffer, path: readonly Step[]): Buffer =>
  path.reduce((node, { side, hash }) => {
    const other = Buffer.from(hash, 'hex');
    return side === 'left' ? nodeOf(other, node) : nodeOf(node, other);
  }, leaf);

const above = (level: readonly Buffer[]): Buffer[] =>
  Array.from({ length: Math.ceil(level.length / 2) }, (_, at) =>
    level[2 * at + 1] ? nodeOf(level[2 * at]!, level[2 * at + 1]!) : level[2 * at]!,
  );
