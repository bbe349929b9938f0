import { Module } from '@nestjs/common';
import { PartnersModule } from '#partners';
import { PeopleModule } from '#people';
import { AccountsController } from './accounts.controller.js';
import { PartnerHooksController } from './partner-hooks.controller.js';
import { PartnerTokensController } from './partner-tokens.controller.js';
import { PeopleController } from './people.controller.js';
import { StaffInvitationsController } from './staff-invitations.controller.js';

@Module({
  imports: [PeopleModule, PartnersModule],
  controllers: [AccountsController, PeopleController, PartnerHooksController, PartnerTokensController, StaffInvitationsController],
})
export class PeopleApi {}
