import { Problem } from '../api.js';

/** What is not there for the asker is nothing, not a mistake of the page. */
export async function orNothing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (refusal) {
    if (refusal instanceof Problem && refusal.code === 'not_found') return null;
    throw refusal;
  }
}
