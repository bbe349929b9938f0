import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';

/** GET /api/openapi.json, made from the same schemas that check every request. */
export function serveOpenApi(app: NestFastifyApplication) {
  const base = new DocumentBuilder()
    .setTitle('Kelisim')
    .setDescription('Online mediation cabinet')
    .setVersion('1')
    .addCookieAuth('kelisim')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Of a partner, made by the administrator' })
    .build();
  let made: unknown;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/api/openapi.json', async () => (made ??= SwaggerModule.createDocument(app, base, { standardSchemaConverter: toJsonSchema })));
}

function toJsonSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: schemaType, unrepresentable: 'any', target: 'openapi-3.0' });
  return { schema: plain as never };
}
