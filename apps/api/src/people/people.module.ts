import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { AccountsController } from './accounts.controller.js';
import { PeopleController } from './people.controller.js';
import { StaffInvitationsController } from './staff-invitations.controller.js';

@Module({ imports: [PeopleModule], controllers: [AccountsController, PeopleController, StaffInvitationsController] })
export class PeopleApi {}
