import { expect, type Page } from '@playwright/test';
import type { Language } from '#contract';
import { type TextKey, translate } from '#language';
import type { Inbox } from '../../apps/launcher/src/demo/inbox.js';

/** Somebody at a browser, who reads one language and finds things by their words. */
export class Person {
  /** Everything that came over the wires to this browser: bodies and socket frames. */
  readonly received: string[] = [];

  constructor(
    readonly page: Page,
    readonly language: Language,
    readonly contact: string,
    private readonly inbox: Inbox,
    readonly look: () => Promise<void>,
  ) {
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void this.received.push(String(payload))));
    page.on('response', (reply) => {
      if (!reply.url().includes('/api/')) return;
      reply.text().then(
        (text) => this.received.push(text),
        () => undefined,
      );
    });
  }

  readonly t = (key: TextKey, values?: Record<string, string | number>) => translate(this.language, key, values);

  field = (label: string) => this.page.getByLabel(label, { exact: true });
  optional = (label: string) => this.field(this.t('common.optional', { label }));
  choice = (label: string) => this.page.getByRole('radio', { name: label });
  tick = (label: string) => this.page.getByRole('checkbox', { name: label });
  said = (text: string) => this.page.getByRole('listitem').filter({ hasText: text });

  press = (name: string) => this.page.getByRole('button', { name, exact: true }).click();
  follow = (name: string | RegExp) => this.page.getByRole('link', { name }).first().click();

  /** Two presses: the second is asked for beside the first. */
  async pressTwice(label: string, question: string, confirm: string) {
    await this.press(label);
    await this.page.getByRole('region', { name: question }).getByRole('button', { name: confirm, exact: true }).click();
  }

  /** The page with this heading, looked over. */
  async arrive(title: string | RegExp) {
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await this.look();
  }

  async open(path: string, title: string | RegExp) {
    await this.page.goto(path);
    await this.arrive(title);
  }

  /** Types the one-time code that arrives. */
  async typeCode(label: string) {
    await this.field(label).fill(await this.inbox.code(this.contact));
  }

  /** The page as it stands, looked over at another width. */
  async lookAt(width: number) {
    const was = this.page.viewportSize()!;
    await this.page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await this.look();
    await this.page.setViewportSize(was);
  }

  invitation = () => this.inbox.invitation(this.contact);
}
