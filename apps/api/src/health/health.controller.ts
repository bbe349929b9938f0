import { Controller, Get } from '@nestjs/common';
import { Database } from '#platform';
import { Public } from '../http/asker.js';

/** Live: the process answers. Ready: so does the database. Redis may be away without harm to anybody's request. */
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly db: Database) {}

  @Get('live')
  live() {
    return { live: true };
  }

  @Get('ready')
  async ready() {
    await this.db.ping();
    return { ready: true };
  }
}
