import { Inject, Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, TemplatePreview, TemplateQuery } from '#contract';
import { Clock, CONFIG, type Config, DomainError, smsParts } from '#platform';
import { type Template, type TemplateName, templates } from './rules/templates.js';
import { Addresses } from './texts/addresses.js';
import { type Letter, writeMail, writePush, writeSms } from './texts/write.js';

const names = Object.keys(templates) as TemplateName[];
const dayMs = 86_400_000;

/** Every message as its reader would get it, with made-up data: the desk reads them before people do. */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  show(actor: Actor, { name = names[0]!, language }: TemplateQuery): TemplatePreview {
    authorize(actor, 'notice.oversee', null);
    if (!isName(name)) throw new DomainError('not_found');
    const addresses = new Addresses(this.config.WEB_ORIGIN[0] ?? '');
    const letter = this.sample(name, language);
    const { subject, sender, text, html } = writeMail(letter, addresses);
    const sms = writeSms(letter, addresses);
    const { body } = JSON.parse(writePush(letter, addresses)) as { body: string };
    return { names, name, language, subject, sender, text, html, sms, smsParts: smsParts(sms), push: body };
  }

  private sample(template: TemplateName, language: Letter['language']): Letter {
    const at = new Date(this.clock.now().getTime() + 9 * dayMs).toISOString();
    const { secret }: Template = templates[template];
    return {
      template,
      language,
      values: { number: 'M-2026-001234', until: at, at, day: at.slice(0, 10), root: '4f3a'.repeat(16) },
      caseId: '00000000-0000-7000-8000-000000000000',
      checkCode: 'AB12CD34',
      code: secret === 'one_time_code' ? '482913' : '7K4M29QX',
      isLegal: false,
    };
  }
}

const isName = (name: string): name is TemplateName => Object.hasOwn(templates, name);
