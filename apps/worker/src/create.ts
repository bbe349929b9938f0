import { ConsoleLogger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CONFIG, type Config, logLevelsFrom } from '#platform';
import { WorkerModule } from './worker.module.js';

/** The worker at work: it listens from here on, until it is closed. */
export async function createWorker(): Promise<INestApplicationContext> {
  const worker = await NestFactory.createApplicationContext(WorkerModule, { bufferLogs: true });
  worker.useLogger(new ConsoleLogger({ json: true, logLevels: logLevelsFrom(worker.get<Config>(CONFIG).LOG_LEVEL) }));
  return worker;
}
