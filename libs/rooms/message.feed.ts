import { Injectable, Logger } from '@nestjs/common';
import type { MessageView } from '#contract';

/** A committed message and who was a member of its room at that commit: the only people who may hear of it. */
export type Posted = { message: MessageView; members: string[] };
type Listener = (posted: Posted[]) => void;

/** Tells committed messages, batch by batch, in the order of their seq and before their authors are answered. */
@Injectable()
export class MessageFeed {
  private readonly listeners = new Set<Listener>();
  private readonly logger = new Logger('MessageFeed');

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  tell(posted: Posted[]) {
    for (const listener of this.listeners) {
      try {
        listener(posted);
      } catch (error) {
        this.logger.error({ what: 'A listener failed', name: (error as Error).name }); // the messages are committed all the same
      }
    }
  }
}
