import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, CaseState } from '#contract';

export type CaseEffect = (tx: EntityManager, actor: Actor, caseId: string) => Promise<void>;

/** What other libs do in the very transaction in which a case reaches a state: rooms open, meetings are called off. */
@Injectable()
export class CaseEffects {
  private readonly effects = new Map<CaseState, CaseEffect[]>();

  on(state: CaseState, effect: CaseEffect) {
    this.effects.set(state, [...(this.effects.get(state) ?? []), effect]);
  }

  async run(tx: EntityManager, actor: Actor, caseId: string, state: CaseState) {
    for (const effect of this.effects.get(state) ?? []) await effect(tx, actor, caseId);
  }
}
