import { Controller, Get, Param, Query, SerializeOptions } from '@nestjs/common';
import { DirectoryPage, DirectoryQuery, Id, PublicMediator } from '#contract';
import { DirectoryService } from '#portal';
import { Public } from '../http/asker.js';

/** Mediators who agreed to be listed, for everybody. */
@Controller('mediators')
export class DirectoryController {
  constructor(private readonly directory: DirectoryService) {}

  @Public()
  @Get()
  @SerializeOptions({ schema: DirectoryPage })
  list(@Query({ schema: DirectoryQuery }) asked: DirectoryQuery) {
    return this.directory.list(asked);
  }

  @Public()
  @Get(':id')
  @SerializeOptions({ schema: PublicMediator })
  read(@Param('id', { schema: Id }) id: string) {
    return this.directory.read(id);
  }
}
