import { z } from 'zod';

/** What an account may act as. One account may hold several; a session acts in one at a time. */
export const roles = ['citizen', 'mediator', 'coordinator', 'court', 'council', 'administrator'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Roles that act only after a second factor. */
export const guardedRoles: readonly Role[] = ['mediator', 'coordinator', 'court', 'council', 'administrator'];
/** Roles of an office: never members of a room. */
export const officeRoles: readonly Role[] = ['coordinator', 'court', 'council', 'administrator'];

export const languages = ['kk', 'ru', 'en'] as const;
export const Language = z.enum(languages);
export type Language = z.infer<typeof Language>;

/** How sure we are of who somebody is. */
export const assurances = ['self_declared', 'code', 'desk', 'eds'] as const;
export type Assurance = (typeof assurances)[number];

export const sides = ['A', 'B'] as const;
export const Side = z.enum(sides);
export type Side = z.infer<typeof Side>;

/** Who asks. Made once from a session (or by the worker for itself) and handed to every service. */
export type Actor = {
  /** Person id; the worker and visitors carry null. */
  id: string | null;
  role: Role | 'visitor' | 'system';
  /** Only for role court. */
  courtId?: string | null;
  sessionId?: string | null;
  /** The operator at whose computer this person sits, in a session of the House. */
  openedBy?: string;
};
export type SignedIn = Actor & { id: string };
