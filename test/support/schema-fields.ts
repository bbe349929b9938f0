import { z } from 'zod';

type Shape = {
  type?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
};
/** Every field of a schema by its path, the first of each list; a list that has rows of its own is also a field. */
function fieldsOf(shape: Shape, path: string): string[] {
  const under = path && `${path}.`;
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return [...new Set(choices.filter(({ type }) => type !== 'null').flatMap((one) => fieldsOf(one, path)))];
  if (shape.items) return shape.items.properties || shape.items.oneOf ? [path, ...fieldsOf(shape.items, `${path}.0`)] : [path];
  if (!shape.properties) return [path];
  return Object.entries(shape.properties).flatMap(([key, one]) => fieldsOf(one, `${under}${key}`));
}
export const fieldsIn = (schema: z.ZodType) => fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, '');
