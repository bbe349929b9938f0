import { Module } from '@nestjs/common';
import { FilesModule } from '#files';
import { FilesController } from './files.controller.js';
import { UploadsController } from './uploads.controller.js';

@Module({ imports: [FilesModule], controllers: [FilesController, UploadsController] })
export class FilesApi {}
