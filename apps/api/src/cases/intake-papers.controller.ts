import { Body, Controller, Get, Header, Param, Post, StreamableFile } from '@nestjs/common';
import { IntakePapersService } from '#cases';
import { type Actor, Id, PrintLetter } from '#contract';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** The receipt of an application, and the letter to whom no message reaches. */
@Controller('cases/:id')
export class IntakePapersController {
  constructor(private readonly papers: IntakePapersService) {}

  @Get('receipt')
  @Header('cache-control', 'private, no-store')
  async receipt(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    const { number, pdf } = await this.papers.receipt(actor, id);
    return fileOf(`${number}-receipt.pdf`, pdf);
  }

  @Post('invitation-letters')
  @Header('cache-control', 'private, no-store')
  async letter(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: PrintLetter }) { partyId }: PrintLetter) {
    const { number, pdf } = await this.papers.letter(actor, id, partyId);
    return fileOf(`${number}-letter.pdf`, pdf);
  }
}

const fileOf = (name: string, pdf: Uint8Array) =>
  new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${name}"`, length: pdf.length });
