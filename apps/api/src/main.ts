import 'reflect-metadata';
import { CONFIG, type Config } from '#platform';
import { createApi } from './create.js';

const app = await createApi();
const { PORT, HOST } = app.get<Config>(CONFIG);
await app.listen(PORT, HOST);
