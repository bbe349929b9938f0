import type { PaperView, SignedIn } from '#contract';
import type { ConfirmationsService, PapersService } from '#cases';
import { codeSent } from './codes.js';
import type { FreshDatabase } from './database.js';
import type { Dispute } from './disputes.js';

type Services = { papers: PapersService; confirmations: ConfirmationsService };
type Asked = Parameters<PapersService['draft']>[2];
export const settlement = {
  kind: 'settlement',
  scope: 'full',
  text: { kk: 'Қоршау 3 қазанға дейін түзетіледі.', ru: 'Забор исправят до 3 октября.' },
} as const;

/** Contracts and settlements as people make them: the mediator writes and sends, everybody confirms with the code that came. */
export function agreementsOf(fresh: FreshDatabase, { papers, confirmations }: Services) {
  /** Asks for a code and reads it where it was sent. */
  async function shown(actor: SignedIn, { id, hash }: Pick<PaperView, 'id' | 'hash'>) {
    const { codeId } = await confirmations.askCode(actor, id);
    return { codeId, code: await codeSent(fresh, codeId), hash };
  }

  const confirm = async (actor: SignedIn, paper: PaperView) => confirmations.confirm(actor, paper.id, await shown(actor, paper));

  async function sent({ id, mediator }: Dispute, asked: Asked) {
    const draft = await papers.draft(mediator!, id, asked);
    return papers.freeze(mediator!, draft.id);
  }

  /** Brings a case into mediation by its own contract, so that its clocks and rooms are real. */
  async function concluded(dispute: Dispute): Promise<Dispute> {
    const paper = await sent(dispute, { kind: 'contract' });
    for (const actor of signersOf(dispute)) await confirm(actor, paper);
    return dispute;
  }

  return { shown, confirm, sent, concluded };
}

export const signersOf = ({ a, b, mediator }: Dispute): SignedIn[] => [a, b, mediator!];
