import { z } from 'zod';
import { Id, Instant } from './problem.js';

export const meetingModes = ['room', 'video', 'phone', 'in_person'] as const;
const Slot = z.object({ from: Instant, to: Instant });
export const ProposeMeeting = z.object({ id: Id, mode: z.enum(meetingModes), slots: z.array(Slot).min(1).max(3) });
export type ProposeMeeting = z.infer<typeof ProposeMeeting>;
export const AnswerProposal = z.object({ acceptedSlotIds: z.array(Id).max(3) });
export type AnswerProposal = z.infer<typeof AnswerProposal>;
export const ProposalView = z.object({
  id: Id,
  mode: z.enum(meetingModes),
  expiresAt: Instant,
  proposedByViewer: z.boolean(),
  answeredByViewer: z.boolean(),
  slots: z.array(z.object({ id: Id, from: Instant, to: Instant, acceptedByViewer: z.boolean() })),
});
export type ProposalView = z.infer<typeof ProposalView>;
export const MeetingView = z.object({ id: Id, caseId: Id, mode: z.enum(meetingModes), from: Instant, to: Instant, cancelled: z.boolean() });
export type MeetingView = z.infer<typeof MeetingView>;
export const Schedule = z.object({ proposal: ProposalView.nullable(), meetings: z.array(MeetingView) });
export type Schedule = z.infer<typeof Schedule>;
