import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { DeliveriesService } from './deliveries.service.js';
import { NoticesService } from './notices.service.js';
import { ProofService } from './proof/proof.service.js';

/** The api's half: reading what was planned and sent. It sends nothing. */
@Module({
  imports: [PeopleModule],
  providers: [NoticesService, DeliveriesService, ProofService],
  exports: [NoticesService, DeliveriesService, ProofService],
})
export class NoticesModule {}
