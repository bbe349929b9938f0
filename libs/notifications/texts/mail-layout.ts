const colours = { ink: '#1A2426', ink2: '#46504F', brand: '#11545F', line: '#DAD4C5', sand: '#F4F1E7', gold: '#B07A1B' };
const font = (size: number, height = 1.55) => `font:400 ${size}px/${height} 'Noto Sans',Arial,sans-serif`;

/** What one language says in a mail. `strong` parts are set off and never broken. */
export type Block = {
  language: string;
  heading: string;
  sentence: string;
  /** Several things that are told at once. */
  items?: string[];
  /** A code to be read off the screen. */
  shown?: string;
  button?: { text: string; href: string };
  notes: Note[][];
};
export type Note = string | { strong: string };

/** One column of 600 px, white, no picture, nothing from elsewhere: it reads the same where pictures are off. */
export function mailHtml(title: string, blocks: Block[], foot: { lines: string[]; link?: { text: string; href: string } }): string {
  const [first] = blocks;
  const rows = blocks.map(block).join(divider);
  const link = foot.link ? `<br><a href="${escape(foot.link.href)}" style="color:${colours.brand}">${escape(foot.link.text)}</a>` : '';
  return `<!doctype html><html lang="${first?.language ?? 'kk'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title></head>
<body style="margin:0;padding:0;background:#ECEAE2"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:0 0 40px">
<table role="presentation" cellpadding="0" cellspacing="0" width="100%" style="max-width:600px;background:#FFFFFF;border:1px solid ${colours.line}">
<tr><td style="padding:22px 24px 14px;${font(20)};font-weight:700;color:${colours.brand}">${mark}<span lang="kk">Келісім</span></td></tr>
<tr><td style="padding:0;line-height:1px;font-size:1px;border-top:1px solid ${colours.gold}">&nbsp;</td></tr>
${rows}
<tr><td style="padding:18px 24px 24px;background:${colours.sand};${font(14, 1.5)};color:${colours.ink2}">${foot.lines.map(escape).join('<br>')}${link}</td></tr>
</table></td></tr></table></body></html>`;
}

function block({ language, heading, sentence, items, shown, button, notes }: Block): string {
  const list = items
    ? `<ul style="margin:0 0 18px;padding:0 0 0 20px">${items.map((item) => `<li style="margin:0 0 10px">${whole(item)}</li>`).join('')}</ul>`
    : '';
  const code = shown
    ? `<p style="margin:0 0 18px;${font(28, 1.3)};font-weight:700;letter-spacing:.12em;color:${colours.ink}">${escape(shown)}</p>`
    : '';
  const act = button
    ? `<p style="margin:0 0 12px"><a href="${escape(button.href)}" style="display:inline-block;background:${colours.brand};color:#FFFFFF;text-decoration:none;font-weight:600;padding:13px 24px;border-radius:8px">${escape(button.text)}</a></p>`
    : '';
  const small = notes
    .map((parts) => `<p style="margin:0 0 16px;font-size:15px;color:${colours.ink2}">${parts.map(part).join('')}</p>`)
    .join('');
  return `<tr><td lang="${language}" style="padding:28px 24px 8px;${font(17)};color:${colours.ink}"><h1 style="${font(22, 1.3)};font-weight:700;margin:0 0 12px">${escape(heading)}</h1><p style="margin:0 0 18px">${whole(sentence)}</p>${list}${code}${act}${small}</td></tr>`;
}

const divider = `<tr><td style="padding:8px 24px 0"><div style="border-top:1px solid ${colours.line}"></div></td></tr>`;
const part = (note: Note) =>
  typeof note === 'string' ? escape(note) : `<b style="color:${colours.ink};white-space:nowrap">${escape(note.strong)}</b>`;

/** The same words without markup, for readers that show plain text. */
export const mailText = (blocks: Block[], foot: string[]): string =>
  [
    ...blocks.map(({ heading, sentence, items = [], shown, button, notes }) =>
      [
        heading,
        sentence,
        ...(items.length > 0 ? [items.map((item) => `- ${item}`).join('\n')] : []),
        ...(shown ? [shown] : []),
        ...(button ? [`${button.text}: ${button.href}`] : []),
        ...notes.map((parts) => parts.map((one) => (typeof one === 'string' ? one : one.strong)).join('')),
      ].join('\n\n'),
    ),
    foot.join('\n'),
  ].join('\n\n----------\n\n');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** A case's number is not broken at its hyphens. */
const whole = (text: string) => escape(text).replaceAll(/M-\d{4}-\d+/g, '<span style="white-space:nowrap">$&</span>');
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => entities[sign]!);

const mark = `<svg width="28" height="28" viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="${colours.brand}" stroke-width="4.6" stroke-linecap="round" style="vertical-align:middle;margin-right:10px"><path d="M4 44.5C4 26 21.7 26.5 21.7 12.8C21.7 7.2 18.2 4 13.7 4C9.4 4 6.6 6.8 6.6 10.4"/><path d="M44 44.5C44 26 26.3 26.5 26.3 12.8C26.3 7.2 29.8 4 34.3 4C38.6 4 41.4 6.8 41.4 10.4"/></svg>`;
