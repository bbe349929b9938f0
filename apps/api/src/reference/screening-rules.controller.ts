import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ReferenceService } from '#cases';
import { ScreeningRuleView } from '#contract';
import { Public } from '../http/asker.js';

/** By what a dispute is judged to be within mediation or outside it: open to everybody. */
@Controller('screening-rules')
@Public()
@SerializeOptions({ schema: ScreeningRuleView })
export class ScreeningRulesController {
  constructor(private readonly reference: ReferenceService) {}

  @Get()
  list() {
    return this.reference.rules();
  }
}
