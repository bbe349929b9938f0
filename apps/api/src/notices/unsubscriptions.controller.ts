import { Controller, Get, HttpCode, Inject, Param, Post, Redirect } from '@nestjs/common';
import { NoticeSettingsService } from '#notifications';
import { CONFIG, type Config } from '#platform';
import { Public } from '../http/asker.js';

/** One press in a mail program (RFC 8058): the POST ends it, a GET, as scanners make, only leads to the page that asks. */
@Controller('unsubscriptions')
@Public()
export class UnsubscriptionsController {
  constructor(
    private readonly settings: NoticeSettingsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':token')
  @Redirect()
  ask(@Param('token') token: string) {
    return { url: `${this.config.WEB_ORIGIN[0]}/unsubscribe/${encodeURIComponent(token)}`, statusCode: 303 };
  }

  @Post(':token')
  @HttpCode(204)
  end(@Param('token') token: string) {
    return this.settings.endMails(token);
  }
}
