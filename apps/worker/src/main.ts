import 'reflect-metadata';
import { createWorker } from './create.js';

const worker = await createWorker();
worker.enableShutdownHooks();
