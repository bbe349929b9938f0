import type { ParsedMail } from 'mailparser';
import { html, linked, Markup } from './html.js';
import type { MailSummary } from './mail.store.js';
import type { Sms } from './sms.store.js';
import { style } from './style.js';
import { type Language, texts } from './texts.js';

type Place = { language: Language; path: string };

export function mailsPage(place: Place, mails: MailSummary[]): string {
  const say = texts[place.language];
  const rows = mails.map(
    (mail) =>
      html`<tr>
        <td><a href="/messages/${mail.id}?lang=${place.language}">${mail.subject || say.noSubject}</a></td>
        <td>${mail.to.join(', ')}</td>
        <td>${timeOf(mail.at)}</td>
      </tr>`,
  );
  return layout(place, say.mails, [mails.length ? table([say.subject, say.to, say.received], rows) : html`<p>${say.noMails}</p>`]);
}

export function smsPage(place: Place, messages: Sms[]): string {
  const say = texts[place.language];
  const rows = messages.map(
    (sms) =>
      html`<tr>
        <td class="body">${linked(sms.text)}</td>
        <td>+${sms.to}</td>
        <td>${timeOf(sms.at)}</td>
      </tr>`,
  );
  return layout(place, say.sms, [messages.length ? table([say.text, say.to, say.received], rows) : html`<p>${say.noSms}</p>`]);
}

export function mailPage(place: Place, summary: MailSummary, mail: ParsedMail): string {
  const say = texts[place.language];
  const attachments = mail.attachments.map(
    (file, at) => html`<li><a href="/api/messages/${summary.id}/attachments/${at}">${file.filename ?? file.contentType}</a></li>`,
  );
  return layout(place, summary.subject || say.noSubject, [
    html`<dl>
      <dt>${say.from}</dt>
      <dd>${mail.from?.text ?? summary.from}</dd>
      <dt>${say.to}</dt>
      <dd>${summary.to.join(', ')}</dd>
      <dt>${say.received}</dt>
      <dd>${timeOf(summary.at)}</dd>
    </dl>`,
    mail.text
      ? html`<h2>${say.text}</h2>
          <p class="body">${linked(mail.text.trim())}</p>`
      : html``,
    mail.html
      ? html`<h2>${say.html}</h2>
          ${frame(say.html, mail.html)}`
      : html``,
    attachments.length
      ? html`<h2>${say.attachments}</h2>
          <ul>
            ${attachments}
          </ul>`
      : html``,
    html`<p><a href="/api/messages/${summary.id}/raw">${say.raw}</a></p>`,
  ]);
}

export const notFoundPage = (place: Place) => layout(place, texts[place.language].notFound, []);

/** The mail's own markup stays inside a frame without scripts, forms or an origin; its links open apart. */
const frame = (title: string, content: string) =>
  html`<iframe
    title="${title}"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
    srcdoc="${`<base target="_blank">${content}`}"
  ></iframe>`;

const table = (heads: string[], rows: Markup[]) =>
  html`<div class="wide" tabindex="0" role="region" aria-labelledby="h">
    <table aria-labelledby="h">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

/** Oskemen's time, as everywhere in Kazakhstan since 1 March 2024. */
const timeOf = (at: string) => html`<time datetime="${at}">${new Date(at).toLocaleString('ru-RU', { timeZone: 'Asia/Almaty' })}</time>`;

function layout({ language, path }: Place, heading: string, content: Markup[]): string {
  const say = texts[language];
  const tab = (to: string, name: string) => html`<a href="${to}?lang=${language}" ${path === to ? mark : html``}>${name}</a>`;
  const other =
    language === 'kk' ? html`<a lang="ru" href="${path}?lang=ru">Русский</a>` : html`<a lang="kk" href="${path}?lang=kk">Қазақша</a>`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${heading} – ${say.title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">${say.skip}</a>
        <header>
          <p class="name">${say.title}</p>
          <nav aria-label="${say.title}">${tab('/', say.mails)} ${tab('/sms', say.sms)} ${other}</nav>
        </header>
        <main id="content">
          <h1 id="h">${heading}</h1>
          <p><a href="${path}?lang=${language}">${say.refresh}</a></p>
          ${content}
        </main>
        <footer><p>${say.note}</p></footer>
      </body>
    </html>`.markup;
}

const mark = html` aria-current="page"`;
