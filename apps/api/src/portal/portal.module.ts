import { Module } from '@nestjs/common';
import { PortalModule } from '#portal';
import { DirectoryController } from './directory.controller.js';

@Module({ imports: [PortalModule], controllers: [DirectoryController] })
export class PortalApi {}
