import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config, lines } from '#platform';

/** The worker's own role: facts, deliveries and deadlines; no content, in the database either. */
export const source = TypeOrmModule.forRootAsync({
  inject: [CONFIG],
  useFactory: (config: Config) => ({
    type: 'postgres' as const,
    url: config.WORKER_DATABASE_URL ?? config.DATABASE_URL,
    autoLoadEntities: true,
    applicationName: 'kelisim-worker',
    extra: lines(10),
    retryAttempts: 3,
  }),
});
