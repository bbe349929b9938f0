import { Global, Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import { CONFIG, type Config, configFrom } from './config.js';
import { Database } from './database.js';
import { KeyedHash, Keyring } from './keyring.js';
import { Keys } from './keys.js';
import { Once } from './once.js';

/** What every lib builds on. The apps bring the data sources: the default one, and `court` and `report` where they serve those views, `counters` where somebody may guess. */
@Global()
@Module({
  providers: [
    { provide: CONFIG, useFactory: () => configFrom(process.env) },
    { provide: Clock, useFactory: (config: Config) => new Clock(config.TEST_CLOCK), inject: [CONFIG] },
    {
      provide: Database,
      useFactory: (app: DataSource, court?: DataSource, report?: DataSource, counters?: DataSource) =>
        new Database(app, { court, report, counters }),
      inject: [
        getDataSourceToken(),
        { token: getDataSourceToken('court'), optional: true },
        { token: getDataSourceToken('report'), optional: true },
        { token: getDataSourceToken('counters'), optional: true },
      ],
    },
    { provide: KeyedHash, useFactory: (config: Config) => new KeyedHash(config.HASH_KEY), inject: [CONFIG] },
    {
      provide: Keys,
      useFactory: (clock: Clock, { CONTACT_KEYS, CONTENT_KEYS }: Config) =>
        new Keys(clock, new Keyring(CONTACT_KEYS), CONTENT_KEYS ? new Keyring(CONTENT_KEYS) : null),
      inject: [Clock, CONFIG],
    },
    {
      provide: Once,
      useFactory: (db: Database, keys: Keys, hashes: KeyedHash, clock: Clock) => new Once(db, keys, hashes, clock),
      inject: [Database, Keys, KeyedHash, Clock],
    },
  ],
  exports: [CONFIG, Clock, Database, KeyedHash, Keys, Once],
})
export class PlatformModule {}
