/** A fact of a made case: when, and which. */
export type MadeFact = { at: Date; type: string; data: Record<string, string> };
/** A ruling of its court, with the duty that it gives back. */
export type MadeRuling = { at: Date; outcome: 'approved' | 'refused' | 'returned'; refund: number | null };
export type MadeCase = {
  id: string;
  number: string;
  state: string;
  ground: string | null;
  category: string;
  subcategory: string;
  district: string;
  language: 'kk' | 'ru';
  door: 'self' | 'desk' | 'court';
  courtId: string | null;
  mediatorKind: 'professional' | 'public' | 'none';
  parties: ('person' | 'organisation')[];
  /** Of each party, as its number would tell; null where none does. */
  traits: ({ sex: string; band: string } | null)[];
  filedAt: Date;
  facts: MadeFact[];
  rulings: MadeRuling[];
  /** What its settlement is worth; null where it is not about money. */
  amount: number | null;
};

const kinds = [
  'neighbours/noise',
  'debt/loan',
  'debt/utilities',
  'family/divorce',
  'family/alimony',
  'labour/pay',
  'land/use',
  'criminal/minor',
];
const districts = ['oskemen', 'oskemen', 'oskemen', 'ridder', 'altai', 'ulan', 'samar', 'zaisan', 'markakol'];
const courts = ['OSKEMEN_CITY', 'RIDDER_CITY', 'EKR_ECONOMIC'];
export const dayMs = 86_400_000;

/** The same numbers for the same seed, on every machine (mulberry32). */
export function dice(seed: number) {
  let at = seed;
  return (sides: number) => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

type Making = { from?: string; overDays?: number; seed?: number; rare?: number };

/**
 * So many cases filed over so many days, each with the facts that its life has left: the list that reports are counted against. `rare`: one
 * of so many is of a district, a kind and a court that hardly occur, so that there is something to hide among very many too.
 */
export function madeCases(
  count: number,
  { from = '2026-01-01T00:00:00+05:00', overDays = 330, seed = 7, rare = 0 }: Making = {},
): MadeCase[] {
  const roll = dice(seed);
  const some = <T>(list: readonly T[]) => list[roll(list.length)]!;
  return Array.from({ length: count }, (_, at): MadeCase => {
    const isRare = rare > 0 && roll(rare) === 0;
    const [category, subcategory] = (isRare ? some(['interethnic/dispute', 'land/border']) : some(kinds)).split('/') as [string, string];
    const filedAt = new Date(Date.parse(from) + Math.floor((roll(overDays * 1440) / 1440) * dayMs));
    const door = some(['self', 'self', 'self', 'desk', 'court'] as const);
    const made: MadeCase = {
      id: orderedId(seed, at),
      number: `R-${seed}-${at}`,
      state: 'SUBMITTED',
      ground: null,
      category,
      subcategory,
      district: isRare ? some(['kurshim', 'tarbagatai']) : some(districts),
      language: some(['kk', 'kk', 'ru'] as const),
      door,
      courtId: door === 'court' ? (isRare ? 'EKR_ADMIN' : some(courts)) : null,
      mediatorKind: 'none',
      parties: Array.from({ length: 2 + roll(2) }, () => some(['person', 'person', 'organisation'] as const)),
      traits: [],
      filedAt,
      facts: [],
      rulings: [],
      amount: null,
    };
    made.traits = made.parties.map((kind, place) => (kind === 'person' ? traitsOf(at * 5 + place) : null));
    live(made, roll);
    return made;
  });
}

/** In the order in which they are made, so that an index grows at its end. */
const orderedId = (seed: number, at: number) => `${(0xa0000000 + seed).toString(16)}-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;

const sexes = ['female', 'male', 'female'] as const;
const bands = ['under_30', 'from_30', 'from_45', 'from_60', 'from_30'] as const;
/** Every seventh has given no number. */
const traitsOf = (at: number) => (at % 7 === 3 ? null : { sex: sexes[(at >> 1) % 3]!, band: bands[(at >> 2) % 5]! });

function live(made: MadeCase, roll: (sides: number) => number) {
  let at = made.filedAt.getTime();
  const fact = (type: string, afterDays: number, to: string, data: Record<string, string> = {}) => {
    at += afterDays * dayMs + roll(60_000);
    made.facts.push({ at: new Date(at), type, data: { from: made.state, to, ...data } });
    made.state = to;
    return new Date(at);
  };
  made.facts.push({ at: made.filedAt, type: 'case.submitted', data: { action: 'submit', from: 'DRAFT', to: 'SUBMITTED' } });
  if (roll(12) === 0) return fact('case.refused', 2, 'REFUSED_SCOPE', { code: ['THIRD_PARTY', 'CORRUPTION'][roll(2)]! });
  fact('case.invited', 1, 'INVITED');
  const answer = roll(10);
  if (answer === 0) return fact('case.declined', 3, 'DECLINED');
  if (answer < 3) return fact('case.expired_invitation', 10, 'NO_RESPONSE');
  fact('case.consented', roll(9), 'CONSENTED');
  if (roll(8) === 0) return;
  made.mediatorKind = roll(3) === 0 ? 'professional' : 'public';
  fact('case.mediation_started', 4 + roll(6), 'IN_MEDIATION');
  // Another mediator and a second contract: the case is counted once.
  if (roll(15) === 0) {
    fact('case.mediator_replaced', 2, 'CONSENTED');
    fact('case.mediation_started', 3 + roll(3), 'IN_MEDIATION');
  }
  if (roll(6) === 0) fact('case.extended', 20, 'EXTENDED');
  const end = roll(10);
  if (end < 3) {
    made.ground = ['2', '3', '4', '5', 'T1'][roll(5)]!;
    return fact('case.terminated', 5 + roll(20), 'TERMINATED', { ground: made.ground });
  }
  if (end === 3) return;
  made.ground = '1';
  const settled = end === 4 ? 'SETTLED_PARTIAL' : 'SETTLED_FULL';
  fact('case.settled', 5 + roll(20), settled, { ground: '1' });
  if (roll(3) > 0) made.amount = 1_000 * (1 + roll(900));
  if (made.courtId && roll(3) > 0) {
    atCourt(made, roll, fact);
    // Sent back, settled again and ruled on again: two rulings, one case.
    if (made.state === 'COURT_REFUSED' && roll(2) === 0) {
      fact('settlement.resumed', 2, 'SETTLEMENT_DRAFT');
      fact('case.settled', 3, settled, { ground: '1' });
      atCourt(made, roll, fact);
    }
  }
  if (made.courtId && made.state !== 'COURT_APPROVED') return;
  if (roll(4) > 0) fact('case.performance_changed', 10 + roll(40), roll(9) === 0 ? 'BREACHED' : 'PERFORMED');
}

type Tell = (type: string, afterDays: number, to: string, data?: Record<string, string>) => Date;
function atCourt(made: MadeCase, roll: (sides: number) => number, fact: Tell) {
  fact('case.sent_to_court', 1, 'AT_COURT');
  const ruling = roll(8);
  if (ruling === 0) return;
  const outcome = ruling < 6 ? 'approved' : ruling === 6 ? 'refused' : 'returned';
  const at = fact('case.court_ruled', 3 + roll(9), outcome === 'approved' ? 'COURT_APPROVED' : 'COURT_REFUSED', { outcome });
  made.rulings.push({ at, outcome, refund: outcome === 'approved' && roll(3) > 0 ? 5_000 + roll(90_000) : null });
}
