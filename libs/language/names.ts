export type PersonName = { surname: string; given: string; patronymic?: string | null };

export const fullName = ({ surname, given, patronymic }: PersonName) => [surname, given, patronymic].filter(Boolean).join(' ');

/** Surname and initials, as papers and lists write it: Воронина Т. И. */
export function shortName({ surname, given, patronymic }: PersonName) {
  const initials = [given, patronymic].filter(Boolean).map((part) => `${[...part!][0]?.toLocaleUpperCase('kk')}.`);
  return [surname, ...initials].filter(Boolean).join('\u00A0');
}
