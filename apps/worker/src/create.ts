import { ConsoleLogger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module.js';

/** The worker at work: it listens from here on, until it is closed. */
export const createWorker = (): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(WorkerModule, {
    logger: new ConsoleLogger({ json: true, logLevels: ['log', 'warn', 'error', 'fatal'] }),
  });
