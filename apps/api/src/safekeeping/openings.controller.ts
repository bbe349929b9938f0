import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { type Actor, Id, MadeOpening, MetadataOpening, OpenedMetadata, OpenMetadata } from '#contract';
import { OpeningsService } from '#safekeeping';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** An administrator opens the metadata of one case, with a ground, for a while; its parties hear of it. */
@Controller('metadata-openings')
export class OpeningsController {
  constructor(private readonly openings: OpeningsService) {}

  @Get()
  @SerializeOptions({ schema: MetadataOpening })
  list(@CurrentActor() actor: Actor) {
    return this.openings.list(actor);
  }

  @Post()
  @SerializeOptions({ schema: MadeOpening })
  open(@CurrentActor() actor: Actor, @Body({ schema: OpenMetadata }) asked: OpenMetadata) {
    return this.openings.open(actor, asked);
  }

  @Get(':id')
  @SerializeOptions({ schema: OpenedMetadata })
  read(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.openings.read(actor, id);
  }

  @Delete(':id')
  @HttpCode(204)
  end(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.openings.end(actor, id);
  }
}
