export { filesByIds, toFileView } from './file.rows.js';
export { FilesMaking } from './files.making.js';
export { FilesModule, StorageModule } from './files.module.js';
export { FilesService, type Opened } from './files.service.js';
export { Leavings } from './leavings.js';
export { S3Storage } from './s3.storage.js';
export { Clamd, noScanner, type Scanner, type Verdict } from './scanner.js';
export { DiskStorage, type Storage } from './storage.js';
export { UploadsService } from './uploads.service.js';
