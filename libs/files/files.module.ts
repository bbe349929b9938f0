import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import { FilesMaking } from './files.making.js';
import { FilesService } from './files.service.js';
import { Leavings } from './leavings.js';
import { Orphans } from './orphans.js';
import { S3Storage } from './s3.storage.js';
import { Clamd, noScanner, SCANNER } from './scanner.js';
import { DiskStorage, STORAGE } from './storage.js';
import { UploadsService } from './uploads.service.js';
import { WaitingFiles } from './waiting.files.js';

/** The storage alone, for a process that only tidies up. */
@Module({
  providers: [
    {
      provide: STORAGE,
      useFactory: ({ S3_URL, DATA_DIR }: Config) => (S3_URL ? new S3Storage(S3_URL) : new DiskStorage(join(DATA_DIR, 'files'))),
      inject: [CONFIG],
    },
    Leavings,
    Orphans,
  ],
  exports: [STORAGE, Leavings, Orphans],
})
export class StorageModule {}

@Module({
  imports: [StorageModule],
  providers: [
    { provide: SCANNER, useFactory: ({ CLAMD_URL }: Config) => (CLAMD_URL ? new Clamd(CLAMD_URL) : noScanner), inject: [CONFIG] },
    FilesService,
    UploadsService,
    FilesMaking,
    WaitingFiles,
  ],
  exports: [FilesService, UploadsService],
})
export class FilesModule {}
