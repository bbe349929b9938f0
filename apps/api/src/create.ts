import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { ConsoleLogger, StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONFIG, type Config, logLevelsFrom } from '#platform';
import { AppModule } from './app.module.js';
import { takeFiles } from './files/uploads.controller.js';
import { takeTables } from './imports/imports.controller.js';
import { addHooks } from './http/hooks.js';
import { SocketAdapter } from './http/socket.adapter.js';
import { serveWeb } from './http/web.js';
import { serveOpenApi } from './openapi.js';
import { serveQueueBoard } from './operations/queue-board.js';

/** The api, ready to listen: HTTP under /api, sockets, and the built web app beside them. */
export async function createApi(): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: 256 * 1024, genReqId: () => randomUUID(), trustProxy: 'loopback' });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, { bufferLogs: true });
  const config = app.get<Config>(CONFIG);
  app.useLogger(new ConsoleLogger({ json: true, logLevels: logLevelsFrom(config.LOG_LEVEL) }));
  const server = adapter.getInstance();
  addHooks(server as never, config.WEB_ORIGIN);
  takeFiles(server as never);
  takeTables(server as never);
  await app.register(cookie as never);
  await app.register(helmet as never, headers(config));
  app.setGlobalPrefix('api');
  app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
  app.useWebSocketAdapter(new SocketAdapter(app, config.WEB_ORIGIN));
  app.enableShutdownHooks();
  serveOpenApi(app);
  await serveQueueBoard(app);
  await serveWeb(server as never);
  return app;
}

/** Nothing from elsewhere, nothing framed, nothing told to other sites. */
const headers = ({ WEB_ORIGIN }: Config) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'", ...WEB_ORIGIN.map((origin) => origin.replace(/^http/, 'ws'))],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' as const },
  strictTransportSecurity: WEB_ORIGIN.every((origin) => origin.startsWith('https:')) ? undefined : (false as const),
});
