/** Every HTTP route under /api, with who may at least try it. The role sweep walks this table; a route without a row fails it. */
export type Audience =
  | 'anyone'
  | 'signed_in'
  | 'participants'
  | 'members'
  | 'party'
  | 'mediator'
  | 'coordinator'
  | 'court'
  | 'administrator'
  | 'invited'
  | 'self';
export const routes = [
  ['GET', '/health/live', 'anyone'],
  ['GET', '/health/ready', 'anyone'],
  ['GET', '/openapi.json', 'anyone'],
  ['GET', '/reference', 'anyone'],
  ['GET', '/screening-rules', 'anyone'],
  ['POST', '/message-checks', 'anyone'],
  // people
  ['POST', '/codes', 'anyone'],
  ['POST', '/people', 'anyone'],
  ['POST', '/passwords', 'anyone'],
  ['GET', '/people/me', 'self'],
  ['PATCH', '/people/me', 'self'],
  ['POST', '/people/me/contacts', 'self'],
  ['POST', '/sessions', 'anyone'],
  ['GET', '/sessions', 'self'],
  ['GET', '/sessions/current', 'anyone'],
  ['DELETE', '/sessions/current', 'self'],
  ['PUT', '/sessions/current/role', 'self'],
  ['PUT', '/sessions/current/second-factor', 'self'],
  ['DELETE', '/sessions/:id', 'self'],
  ['POST', '/second-factors', 'self'],
  ['PUT', '/second-factors/confirmation', 'self'],
  ['GET', '/staff-invitations', 'administrator'],
  ['POST', '/staff-invitations', 'administrator'],
  ['POST', '/staff-invitations/uses', 'anyone'],
  ['GET', '/people', 'administrator'],
  ['PUT', '/people/:id/disablement', 'administrator'],
  ['DELETE', '/people/:id/disablement', 'administrator'],
  ['DELETE', '/people/:id/second-factor', 'administrator'],
  // cases
  ['POST', '/cases', 'signed_in'],
  ['GET', '/cases', 'signed_in'],
  ['GET', '/cases/:id', 'participants'],
  ['GET', '/cases/:id/timeline', 'participants'],
  ['GET', '/cases/:id/application', 'party'],
  ['PUT', '/cases/:id/application', 'party'],
  ['POST', '/cases/:id/moves', 'participants'],
  ['PUT', '/cases/:id/screening', 'coordinator'],
  ['PUT', '/cases/:id/refusal', 'coordinator'],
  ['PUT', '/cases/:id/court', 'coordinator'],
  ['GET', '/cases/:id/candidates', 'coordinator'],
  ['PUT', '/cases/:id/offer', 'coordinator'],
  ['GET', '/offers', 'mediator'],
  ['PUT', '/offers/:id/answer', 'mediator'],
  ['POST', '/invitations/openings', 'anyone'],
  ['GET', '/invitation', 'invited'],
  ['PUT', '/invitation/understanding', 'invited'],
  ['POST', '/invitation/codes', 'invited'],
  ['PUT', '/invitation/answer', 'invited'],
  ['POST', '/cases/:id/papers', 'mediator'],
  ['GET', '/papers/:id', 'participants'],
  ['PUT', '/papers/:id/freezing', 'mediator'],
  ['DELETE', '/papers/:id', 'mediator'],
  ['POST', '/papers/:id/codes', 'participants'],
  ['PUT', '/papers/:id/confirmation', 'participants'],
  // rooms
  ['GET', '/cases/:id/rooms', 'members'],
  ['GET', '/rooms/:id', 'members'],
  ['GET', '/rooms/:id/messages', 'members'],
  ['POST', '/rooms/:id/messages', 'members'],
  ['PUT', '/rooms/:id/read-mark', 'members'],
  ['PUT', '/rooms/:id/edit', 'members'],
  ['PUT', '/rooms/:id/retraction', 'members'],
  ['PUT', '/rooms/:id/setting', 'mediator'],
  ['PUT', '/rooms/:id/mute', 'mediator'],
  // hours
  ['GET', '/cases/:id/schedule', 'participants'],
  ['POST', '/cases/:id/proposals', 'participants'],
  ['PUT', '/proposals/:id/answer', 'participants'],
  ['DELETE', '/meetings/:id', 'participants'],
  ['GET', '/meetings', 'signed_in'],
  ['GET', '/meetings/:id', 'participants'],
  ['PUT', '/meetings/:id/presence', 'participants'],
  ['PUT', '/meetings/:id/absence', 'participants'],
  ['PUT', '/meetings/:id/course', 'mediator'],
  ['PUT', '/meetings/:id/attendance', 'mediator'],
  ['GET', '/people/me/working-hours', 'mediator'],
  ['PUT', '/people/me/working-hours', 'mediator'],
  ['GET', '/people/me/availability', 'self'],
  ['PUT', '/people/me/availability', 'self'],
  ['GET', '/resources', 'self'],
  ['PUT', '/resources/:id', 'coordinator'],
  // notices
  ['GET', '/notices', 'self'],
  ['PUT', '/notices/read-mark', 'self'],
  ['GET', '/cases/:id/notices', 'coordinator'],
  ['POST', '/cases/:id/calls', 'coordinator'],
  ['POST', '/cases/:id/notice-certificates', 'coordinator'],
  ['GET', '/desk/notices', 'coordinator'],
  ['PUT', '/desk/notices/:id/resend', 'coordinator'],
  // court
  ['GET', '/court/cases', 'court'],
  ['GET', '/court/cases/:id', 'court'],
] as const satisfies [string, string, Audience][];
