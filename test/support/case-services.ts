import { Test } from '@nestjs/testing';
import {
  AttorneysService,
  CaseEffects,
  ConfirmationsService,
  DeadlinesService,
  EndingsService,
  InvitationsService,
  OffersService,
  PapersService,
  PartyContactsService,
  SettlingAnewService,
} from '#cases';
import { MediatorsService } from '#mediators';
import { CodesService, SlipsService, Throttle } from '#people';
import { Clock, CONFIG, type Config, Database, KeyedHash, Keys } from '#platform';
import type { FreshDatabase } from './database.js';

type Fresh = Pick<FreshDatabase, 'clock' | 'hashes' | 'db' | 'keys' | 'workerDb' | 'workerKeys'>;

/** The services of a case as the api has them, or as the worker: its role, its keys. */
export async function caseServices(
  fresh: Fresh,
  { as = 'api', config = { NODE_ENV: 'test' } as Partial<Config>, effects = new CaseEffects() } = {},
) {
  const [db, keys] = as === 'api' ? [fresh.db, fresh.keys] : [fresh.workerDb, fresh.workerKeys];
  const platform = [
    { provide: Database, useValue: db },
    { provide: Clock, useValue: fresh.clock },
    { provide: Keys, useValue: keys },
    { provide: KeyedHash, useValue: fresh.hashes },
    { provide: CONFIG, useValue: config },
    { provide: CaseEffects, useValue: effects },
  ];
  const services = [
    AttorneysService,
    OffersService,
    PapersService,
    ConfirmationsService,
    EndingsService,
    InvitationsService,
    DeadlinesService,
    SettlingAnewService,
    PartyContactsService,
  ];
  const made = await Test.createTestingModule({
    providers: [...platform, MediatorsService, CodesService, SlipsService, Throttle, ...services],
  }).compile();
  return {
    offers: made.get(OffersService),
    papers: made.get(PapersService),
    confirmations: made.get(ConfirmationsService),
    attorneys: made.get(AttorneysService),
    endings: made.get(EndingsService),
    invitations: made.get(InvitationsService),
    deadlines: made.get(DeadlinesService),
    contacts: made.get(PartyContactsService),
    anew: made.get(SettlingAnewService),
  };
}
