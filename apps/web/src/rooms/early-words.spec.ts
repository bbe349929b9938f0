import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { translate } from '#language';

const first = readFileSync('apps/web/public/first.js', 'utf8');
const languages = ['kk', 'ru', 'en'] as const;

it.each(languages)('says in %s to whom one writes, before the program is there, in the very words the room itself will say', (language) => {
  const of = first.slice(first.indexOf(`    ${language}: {`));
  const own = of.slice(0, of.indexOf('\n    },'));
  const keys = [
    ...(['rooms.hears.joint.A', 'rooms.hears.joint.B', 'rooms.hears.own', 'rooms.label.joint', 'rooms.label.own'] as const),
    ...(['rooms.send.joint', 'rooms.send.own', 'rooms.sending', 'rooms.sent', 'rooms.refused', 'rooms.kept.not'] as const),
    ...(['rooms.waiting.offline', 'rooms.waiting.session', 'parts.room.joint', 'parts.room.caucus'] as const),
  ];
  for (const key of keys) expect.soft(own, key).toContain(`'${translate(language, key).replaceAll('**', '')}'`);
});
