import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import { encodings, readings } from './decode.js';
import type { House } from './house.js';
import type { Listener } from './listener.js';
import { type Found, type Sink, sinksOf } from './sinks.js';

type Secret = { phrase: string; scene: string; side: string };
const canary = 'құс әні ешкімге айтылмайды';

/**
 * Looks for every secret phrase in everything the house wrote or sent, as it lies there and decoded. Only the members of the room
 * where it was said may have received it. First it proves that it would find one: in every sink, in every encoding.
 */
export async function searchForLeaks(
  house: House,
  listener: Listener,
  scenarios: Scenario[],
): Promise<{ differences: string[]; note: string }> {
  const sinks = sinksOf(house, listener, house.adminUrl);
  const differences: string[] = [];
  for (const sink of sinks) differences.push(...(await blindSpots(sink)));
  const secrets = scenarios.flatMap(({ slug, secrets: bySide }) =>
    Object.entries(bySide).flatMap(([side, phrases]) => phrases.map((phrase) => ({ phrase, scene: slug, side }))),
  );
  let [bytes, places, heard] = [0, 0, 0];
  for (const sink of sinks) {
    for (const found of await sink.read()) {
      places += 1;
      bytes += Buffer.byteLength(found.text);
      const all = readings(found.text).map(folded).join('\n');
      for (const secret of secrets.filter(({ phrase }) => all.includes(folded(phrase)))) {
        if (mayHear(found, secret)) heard += 1;
        else differences.push(`${sink.name}: ${found.where} holds a secret of side ${secret.side} in ${secret.scene}`);
      }
    }
  }
  if (heard < secrets.length) differences.push(`only ${heard} receptions of ${secrets.length} secrets by members: were they said at all?`);
  return {
    differences,
    note: `${secrets.length} secrets, ${places} places, ${(bytes / 1e6).toFixed(1)} MB in ${sinks.length} sinks; received by members alone, ${heard} times`,
  };
}

/** The encodings in which a planted phrase is not found again. */
async function blindSpots(sink: Sink): Promise<string[]> {
  const words = Object.entries(encodings).map(([name, encode]) => ({
    name,
    word: `${name}-${canary}`,
    planted: encode(`${name}-${canary}`),
  }));
  const remove = await sink.plant(words.map(({ planted }) => planted));
  try {
    const all = (await sink.read()).flatMap(({ text }) => readings(text)).map(folded);
    return words
      .filter(({ word }) => !all.some((text) => text.includes(folded(word))))
      .map(({ name }) => `${sink.name}: blind for ${name}`);
  } finally {
    await remove();
  }
}

const mayHear = ({ who, scene }: Found, secret: Secret) => scene === secret.scene && (who === 'M' || who?.startsWith(secret.side) === true);
const folded = (text: string) => text.normalize('NFC').toLowerCase();
