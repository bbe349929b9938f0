const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign]!);

/** Markup that is already safe; everything else is escaped where it is put in. */
export class Markup {
  constructor(readonly markup: string) {}
}

type Part = string | number | Markup | Part[];

export const html = (strings: TemplateStringsArray, ...parts: Part[]) =>
  new Markup(strings.reduce((all, next, at) => all + markupOf(parts[at - 1]!) + next));

function markupOf(part: Part): string {
  if (part instanceof Markup) return part.markup;
  return Array.isArray(part) ? part.map(markupOf).join('') : escapeHtml(String(part));
}

/** Text with its web addresses as links; nothing else in it becomes markup. */
export const linked = (text: string): Markup[] =>
  text
    .split(/(https?:\/\/[^\s<>"')\]]+)/)
    .map((part, at) => (at % 2 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : html`${part}`));
