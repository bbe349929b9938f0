import { Body, Controller, Header, HttpCode, Param, Post, Put, StreamableFile } from '@nestjs/common';
import { type Actor, Id, PostLetter } from '#contract';
import { LettersService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** Notices on paper: a page to print, and that it was posted. */
@Controller('desk/notices/:id')
export class LettersController {
  constructor(private readonly letters: LettersService) {}

  @Post('prints')
  @Header('cache-control', 'private, no-store')
  async print(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    const { number, pdf } = await this.letters.print(actor, id);
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: `attachment; filename="${number}-letter.pdf"`,
      length: pdf.length,
    });
  }

  @Put('posting')
  @HttpCode(204)
  post(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: PostLetter }) posted: PostLetter) {
    return this.letters.post(actor, id, posted);
  }
}
