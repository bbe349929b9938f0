import { z } from 'zod';
import { assurances, Language, Role } from './roles.js';
import { Id, Instant, Page, plainText, requiredText } from './problem.js';

/** An e-mail address or a phone as typed; the server tells which it is and normalises it. */
export const Contact = z.string().trim().min(3).max(254);
export const codePurposes = [
  'register',
  'sign_in',
  'reset_password',
  'add_contact',
  'leave_contact',
  'confirm_paper',
  'answer_invitation',
  'file_at_desk',
] as const;
export type CodePurpose = (typeof codePurposes)[number];
/** What a code's row is for: as asked, or the note "you already have an account", whose code opens nothing. */
export const codeKinds = [...codePurposes, 'already_registered'] as const;
export type CodeKind = (typeof codeKinds)[number];

export const AskCode = z.object({
  purpose: z.enum(['register', 'sign_in', 'reset_password', 'add_contact']),
  contact: Contact,
  language: Language,
});
export type AskCode = z.infer<typeof AskCode>;
/** The same answer whether or not somebody is known under the contact. */
export const CodeSent = z.object({
  codeId: Id,
  channel: z.enum(['email', 'sms']),
  expiresAt: Instant,
  /** A contact that is to be replaced has a say too: the code that went to it. */
  former: z.object({ codeId: Id, expiresAt: Instant }).optional(),
});
export type CodeSent = z.infer<typeof CodeSent>;
export const ShownCode = z.object({
  codeId: Id,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
});
export type ShownCode = z.infer<typeof ShownCode>;
/** The code of the new contact, and of the one it replaces, if there is one. */
export const ChangeContact = ShownCode.extend({ former: ShownCode.optional() });
export type ChangeContact = z.infer<typeof ChangeContact>;

/** NIST SP 800-63B: length, not composition; the service also refuses the most common and the person's own name or contact. */
export const Password = z.string().min(10).max(200);
/** The consent that every account stands on (Law on personal data, art. 8); a new version asks again. */
export const dataConsent = { document: 'personal_data', version: '1' } as const;
export const DataConsent = z.object({ version: z.string().max(40) });
export const Names = z.object({ surname: requiredText(80), given: requiredText(80), patronymic: plainText(80).default('') });

export const Register = ShownCode.extend({ ...Names.shape, language: Language, password: Password.optional(), consent: DataConsent });
export type Register = z.infer<typeof Register>;

export const SignIn = z.discriminatedUnion('method', [
  z.object({ method: z.literal('password'), login: Contact, password: z.string().max(200), ownDevice: z.boolean().default(false) }),
  z.object({ method: z.literal('code'), ...ShownCode.shape, ownDevice: z.boolean().default(false) }),
]);
export type SignIn = z.infer<typeof SignIn>;

export const SessionView = z.object({
  person: z.object({ id: Id, surname: z.string(), given: z.string(), patronymic: z.string(), language: Language }),
  role: Role,
  roles: z.array(Role),
  courtId: z.string().nullable(),
  /** `needed`: show the code first; `to_set`: the role asks for a second factor and none is set; nothing else opens until then. */
  secondFactor: z.enum(['none', 'needed', 'to_set', 'passed']),
  ownDevice: z.boolean(),
  /** On the House's own computer: short, and wiped when it ends. */
  atHouse: z.boolean(),
  /** With which what is unsent is sealed on one's own device; never stored there, and gone with the session. */
  deviceKey: z.string().nullable(),
});
export type SessionView = z.infer<typeof SessionView>;
/** What a page asks first: who am I? A visitor has no session. */
export const CurrentSession = z.object({ session: SessionView.nullable() });
export type CurrentSession = z.infer<typeof CurrentSession>;
/** Somebody without a telephone at the House's computer: new here, with the code of an earlier slip, or with a case of his where he has lost it. */
export const OpenHouseSession = z.discriminatedUnion('by', [
  z.object({ by: z.literal('document'), ...Names.shape, language: Language, seen: z.literal(true) }),
  z.object({ by: z.literal('slip'), code: requiredText(40) }),
  z.object({ by: z.literal('lost'), number: requiredText(40), ...Names.omit({ patronymic: true }).shape, seen: z.literal(true) }),
]);
export type OpenHouseSession = z.infer<typeof OpenHouseSession>;
/** Shown once, to be printed; the one before it opens nothing from then on. */
export const Slip = z.object({ code: z.string(), madeAt: Instant });
export type Slip = z.infer<typeof Slip>;
/** A session at the House's computer ends after so long without a request, and after so long in all. */
export const houseSession = { idleMs: 10 * 60_000, longestMs: 2 * 3_600_000 } as const;
export const SessionRow = z.object({ id: Id, device: z.string(), createdAt: Instant, lastSeenAt: Instant, current: z.boolean() });
export type SessionRow = z.infer<typeof SessionRow>;
export const ChangeRole = z.object({ role: Role });
export type ChangeRole = z.infer<typeof ChangeRole>;
export const SecondFactorCode = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
});
export type SecondFactorCode = z.infer<typeof SecondFactorCode>;
export const SecondFactorStart = z.object({ secret: z.string(), uri: z.string() });
export type SecondFactorStart = z.infer<typeof SecondFactorStart>;
export const ResetPassword = ShownCode.extend({ password: Password });
export type ResetPassword = z.infer<typeof ResetPassword>;

export const ProfileView = z.object({
  ...Names.shape,
  id: Id,
  language: Language,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** Masked: 8508******09. */
  iin: z.string().nullable(),
  assurance: z.enum(assurances),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
});
export type ProfileView = z.infer<typeof ProfileView>;
export const ChangeProfile = z.object({ ...Names.shape, language: Language, iin: z.string().max(20) }).partial();
export type ChangeProfile = z.infer<typeof ChangeProfile>;

export const InviteStaff = z
  .object({ ...Names.shape, email: Contact, role: Role, courtId: z.string().max(40).nullable().default(null), language: Language })
  .refine((it) => (it.role === 'court') === (it.courtId !== null), { path: ['courtId'] });
export type InviteStaff = z.infer<typeof InviteStaff>;
export const StaffInvitationRow = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  createdAt: Instant,
  expiresAt: Instant,
  used: z.boolean(),
});
export type StaffInvitationRow = z.infer<typeof StaffInvitationRow>;
export const UseStaffInvitation = z.object({ code: z.string().trim().max(40), password: Password, consent: DataConsent });
export type UseStaffInvitation = z.infer<typeof UseStaffInvitation>;
/** `openWork`: what a disabled person leaves to hand over; numbers only, the administrator sees no case. */
export const PersonRow = z.object({
  id: Id,
  name: z.string(),
  roles: z.array(Role),
  disabled: z.boolean(),
  hasSecondFactor: z.boolean(),
  openWork: z.number().int(),
});
export type PersonRow = z.infer<typeof PersonRow>;
export const PeoplePage = z.object({ rows: z.array(PersonRow), next: z.string().nullable() });
export const FindPeople = Page.extend({ name: plainText(80).optional() });
export type FindPeople = z.infer<typeof FindPeople>;
