import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Case } from './case.entity.js';
import { CaseEffects } from './case.effects.js';
import { validateLifecycle } from './lifecycle.proof.js';

@Module({
  imports: [TypeOrmModule.forFeature([Case])],
  providers: [CaseEffects],
  exports: [CaseEffects],
})
export class CasesModule implements OnModuleInit {
  onModuleInit() {
    validateLifecycle();
  }
}
