import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createWorker } from './create.js';

const worker = await createWorker();
worker.enableShutdownHooks();
new Logger('Worker').log('The worker is at work');
