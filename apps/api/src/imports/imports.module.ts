import { Module } from '@nestjs/common';
import { ImportsModule } from '#imports';
import { ImportsController } from './imports.controller.js';
import { RegisterImportsController } from './register-imports.controller.js';

@Module({ imports: [ImportsModule], controllers: [ImportsController, RegisterImportsController] })
export class ImportsApi {}
