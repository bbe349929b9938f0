import { z } from 'zod';
import { Id, Instant } from './problem.js';
import { Side } from './roles.js';

const mega = 1024 * 1024;
/** What one person may add to one application, one room or one party's papers. */
export const fileLimits = { bytes: 25 * mega, files: 30, together: 200 * mega, perMessage: 10, pixels: 64_000_000 } as const;

/** What a file is added for: the application, a room's talk, or to show that somebody may act for a party. */
export const filePurposes = ['application', 'room', 'power'] as const;
export type FilePurpose = (typeof filePurposes)[number];
/** Who sees a file of a case: the side that added it with the mediator and the desk, or all who take part. A room's file is its room's. */
export const fileAudiences = ['side', 'participants', 'room'] as const;

/** Where a file is to go; `sha256` (hex) is of the whole file: what arrives must be that, and the same again goes on where it stopped. */
export const StartUpload = z
  .object({
    name: z.string().min(1),
    bytes: z.number().int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    purpose: z.enum(filePurposes),
    caseId: Id.optional(),
    roomId: Id.optional(),
    /** Whose power of attorney, when the desk adds it. */
    side: Side.optional(),
  })
  .refine(({ purpose, caseId, roomId }) => (purpose === 'room' ? roomId && !caseId : caseId && !roomId), { path: ['purpose'] });
export type StartUpload = z.infer<typeof StartUpload>;

export const FileView = z.object({
  id: Id,
  caseId: Id.nullable(),
  roomId: Id.nullable(),
  purpose: z.enum(filePurposes),
  side: Side.nullable(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  ownerId: Id,
  addedAt: Instant,
  audience: z.enum(fileAudiences),
  hasPreview: z.boolean(),
  /** A scanner looked at it; without one it says so. */
  isScanned: z.boolean(),
  isRemoved: z.boolean(),
  /** Other rooms its owner has let it into, as far as the reader knows them. */
  sharedWith: z.array(Id),
});
export type FileView = z.infer<typeof FileView>;
/** What a message shows of a file it carries. */
export const MessageFile = FileView.pick({
  id: true,
  name: true,
  mediaType: true,
  bytes: true,
  hasPreview: true,
  isScanned: true,
  isRemoved: true,
});
export type MessageFile = z.infer<typeof MessageFile>;
/** How much of it is used up, by oneself, in this place. */
export const FileMeter = z.object({ files: z.number().int(), bytes: z.number().int() });
export const FileList = z.object({ files: z.array(FileView), used: FileMeter });
export type FileList = z.infer<typeof FileList>;
/** `waiting`: all is here, and the scanner, which is away, has not looked at it. */
export const UploadView = z.object({
  id: Id,
  name: z.string(),
  bytes: z.number().int(),
  received: z.number().int(),
  state: z.enum(['receiving', 'waiting', 'done']),
  file: FileView.nullable(),
});
export type UploadView = z.infer<typeof UploadView>;
/** Wider, never narrower: to all who take part in the case, or into one more room of one's own. */
export const WidenFile = z.union([z.object({ audience: z.literal('participants') }), z.object({ roomId: Id })]);
export type WidenFile = z.infer<typeof WidenFile>;
