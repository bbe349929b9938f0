import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { PeopleModule } from '#people';
import { InvitationsController } from './invitations.controller.js';

@Module({ imports: [CasesModule, PeopleModule], controllers: [InvitationsController] })
export class InvitationsApi {}
