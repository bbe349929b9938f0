export { noteLook } from './looks.js';
export { authorize, can, type CaseSubject, type Permission, requireSignedIn, type RoomSubject } from './policy.js';
