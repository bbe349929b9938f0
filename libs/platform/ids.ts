import { v7 } from 'uuid';

/** A new time-ordered id (UUIDv7, RFC 9562). Made by the application, so a retry can carry it. */
export const newId = (): string => v7();
