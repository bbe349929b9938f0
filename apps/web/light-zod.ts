import type { Plugin } from 'vite';

const forJsonSchema = /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js/;
const exported = /^export (?:const|function) (\w+)/gm;

const words = /\/zod\/v4\/locales\/en\.js/;
const schemas = /\/zod\/v4\/classic\/schemas\.js/;
/** `z.string().email()` and its kind; the contract says `z.email()`. */
const formatsOfString = /(export const ZodString = [^{]*\{[^}]*\}, )\{[\s\S]*?\n\}\);/;

/**
 * zod without what a page never does; the contract is the same, 11 kB lighter and silent.
 * It would make JSON Schema out of any schema: in the browser that part answers with an error.
 * It would write a program for each object and let `eval` read it (here eval is forbidden), watch for data that contains itself (JSON can not),
 * and give every text the checks of thirty formats, most of them never asked for.
 * It would say in English what is wrong: pages say it in their own words.
 * It would try `eval` while the contract's schemas are being made, before any line of ours runs, and our policy would report it.
 */
export const lightZod: Plugin = {
  name: 'light-zod',
  enforce: 'pre',
  apply: 'build',
  transform(code, id) {
    if (id.includes('/zod/v4/core/core.js')) return code.replace('__zod_globalConfig = {}', '__zod_globalConfig = { jitless: true }');
    if (words.test(id)) return `export default () => ({ localeError: () => 'Invalid input' });`;
    if (schemas.test(id)) return lighter(code);
    if (!forJsonSchema.test(id)) return undefined;
    const names = [...code.matchAll(exported)].map(([, name]) => name);
    return `const none = () => () => { throw new Error('No JSON Schema in the browser'); };\n${names.map((name) => `export const ${name} = none;`).join('\n')}`;
  },
};

const lighter = (code: string) =>
  code
    .replace('core.$ZodObjectJIT.init(', 'core.$ZodObject.init(')
    .replace('core.config({ memoizer: core.memoizer() });', 'return;')
    .replace(formatsOfString, '$1{});');
