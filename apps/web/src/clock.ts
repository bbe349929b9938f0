/** A device's clock may be off by hours; then the cabinet's counts, as its last reply told it. */
const tolerance = 60_000;
let skew = 0;

export function hearTime(date: string | null) {
  const told = Date.parse(date ?? '');
  if (Number.isNaN(told)) return;
  const off = told - Date.now();
  skew = Math.abs(off) > tolerance ? off : 0;
}

export const nowMs = () => Date.now() + skew;
export const nowIso = () => new Date(nowMs()).toISOString();
