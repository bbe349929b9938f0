import { Controller, Get, Inject, SerializeOptions } from '@nestjs/common';
import { ReferenceService } from '#cases';
import { Reference } from '#contract';
import { CONFIG, type Config } from '#platform';
import { Public } from '../http/asker.js';

@Controller('reference')
export class ReferenceController {
  constructor(
    private readonly reference: ReferenceService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Public()
  @SerializeOptions({ schema: Reference })
  async read() {
    return { ...(await this.reference.read()), demo: this.config.DEMO };
  }
}
