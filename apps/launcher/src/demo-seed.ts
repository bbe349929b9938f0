import type { Environment } from './environment.js';

/** The demo people and cases. Called on every start; what is already there is left alone. */
export async function seedDemo(_env: Environment): Promise<void> {}
