import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { AccountsController } from './accounts.controller.js';
import { PartnerTokensController } from './partner-tokens.controller.js';
import { PeopleController } from './people.controller.js';
import { StaffInvitationsController } from './staff-invitations.controller.js';

@Module({
  imports: [PeopleModule],
  controllers: [AccountsController, PeopleController, PartnerTokensController, StaffInvitationsController],
})
export class PeopleApi {}
