import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { CodeStrategy } from './code.strategy.js';
import { HouseSessionsController } from './house-sessions.controller.js';
import { PasswordStrategy } from './password.strategy.js';
import { SecondFactorsController } from './second-factors.controller.js';
import { SessionStrategy } from './session.strategy.js';
import { SessionsController } from './sessions.controller.js';

@Module({
  imports: [PeopleModule],
  controllers: [SessionsController, SecondFactorsController, HouseSessionsController],
  providers: [SessionStrategy, PasswordStrategy, CodeStrategy],
})
export class SessionsApi {}
