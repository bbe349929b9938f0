export { claimNext } from './claim-next.js';
export { Clock } from './clock.js';
export { DatabaseAway, isAway, lines, patienceMs } from './connecting.js';
export { CONFIG, type Config, configFrom, environmentOf, logLevelsFrom } from './config.js';
export { Database, sqlState, violated } from './database.js';
export { DomainError } from './domain-error.js';
export { type Fact, record, recordMany } from './events.js';
export { Gather } from './gather.js';
export { newId, newPaperCode, paperCodeFrom } from './ids.js';
export { answerLabel, currentClaim, Once } from './once.js';
export { KeyedHash, Keyring, open, seal } from './keyring.js';
export { type KeyOf, Keys, type WrappedKey } from './keys.js';
export {
  type Delivery,
  type MailPort,
  type OutgoingMail,
  type OutgoingPush,
  type OutgoingSms,
  type PushPort,
  type SmsPort,
  smsParts,
} from './ports.js';
export { PlatformModule } from './platform.module.js';
