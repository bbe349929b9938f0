import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config, lines } from '#platform';

const source = (name: string | undefined, url: (config: Config) => string | undefined, max: number) =>
  TypeOrmModule.forRootAsync({
    ...(name ? { name } : {}),
    inject: [CONFIG],
    useFactory: (config: Config) => ({
      ...(name ? { name } : {}),
      type: 'postgres' as const,
      url: url(config) ?? config.DATABASE_URL,
      autoLoadEntities: !name,
      applicationName: `kelisim-${name ?? 'app'}`,
      // Who has waited that long for a connection is told to come again, instead of waiting for ever.
      extra: { ...lines(max), connectionTimeoutMillis: 15_000 },
      retryAttempts: 3,
    }),
  });

/** One pool per database role: the app's, and the two that can read nothing but their views. Counters never wait for the app's own pool. */
export const sources = [
  source(undefined, (config) => config.DATABASE_URL, 20),
  source('counters', (config) => config.DATABASE_URL, 4),
  source('court', (config) => config.COURT_DATABASE_URL, 4),
  source('report', (config) => config.REPORT_DATABASE_URL, 2),
];
