import type kk from '../kk/warnings.js';

export default {
  title: 'Good to know before you begin',
  lead: 'Mediation does not solve everything. Mind the time limits and your safety.',
  emergency: 'Emergency numbers',
  legal: 'Legal aid',
} satisfies Record<keyof typeof kk, string>;
