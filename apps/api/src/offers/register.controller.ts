import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, EntryKept, Id, KeepEntry, RegisterFile, EntriesPage, EntriesQuery, SetStanding } from '#contract';
import { RegisterReader, RegisterService } from '#mediators';
import { CurrentActor } from '../http/asker.js';

/** The register of mediators, kept by the desk. */
@Controller('register')
export class RegisterController {
  constructor(
    private readonly register: RegisterService,
    private readonly reader: RegisterReader,
  ) {}

  @Get()
  @SerializeOptions({ schema: EntriesPage })
  list(@CurrentActor() actor: Actor, @Query({ schema: EntriesQuery }) query: EntriesQuery) {
    return this.reader.list(actor, query);
  }

  @Post()
  @SerializeOptions({ schema: EntryKept })
  async enter(@CurrentActor() actor: Actor, @Body({ schema: KeepEntry }) entry: KeepEntry) {
    return { id: await this.register.keep(actor, entry) };
  }

  @Get(':id')
  @SerializeOptions({ schema: RegisterFile })
  read(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.reader.read(actor, id);
  }

  @Put(':id')
  @SerializeOptions({ schema: EntryKept })
  async correct(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: KeepEntry }) entry: KeepEntry) {
    return { id: await this.register.keep(actor, entry, id) };
  }

  @Put(':id/standing')
  @HttpCode(204)
  setStanding(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SetStanding }) asked: SetStanding) {
    return this.register.setStanding(actor, id, asked);
  }
}
