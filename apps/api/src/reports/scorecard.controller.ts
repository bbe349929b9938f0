import { Controller, Get, Query, SerializeOptions, StreamableFile } from '@nestjs/common';
import { Scorecard, ScorecardData } from '#contract';
import { ScorecardService } from '#oversight';
import { Public } from '../http/asker.js';

/** What everybody may read, as a page and as open data. */
@Public()
@Controller()
export class ScorecardController {
  constructor(private readonly scorecard: ScorecardService) {}

  @Get('scorecard')
  @SerializeOptions({ schema: Scorecard })
  read() {
    return this.scorecard.read();
  }

  @Get('scorecard-data')
  async data(@Query({ schema: ScorecardData }) asked: ScorecardData) {
    const { name, type, bytes } = await this.scorecard.data(asked);
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"`, length: bytes.length });
  }
}
