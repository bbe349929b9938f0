import { type ColumnOf, importColumns, KeepEntry, type Reference } from '#contract';
import { type Cells, codeOf, dayIn, type Fault, isCalled, judgeRows, type Judged, listIn, named } from './columns.js';
import names from './data/mediator-columns.json' with { type: 'json' };
import type { Table } from './table.js';

export type MediatorColumn = ColumnOf<'mediators'>;
export type MediatorLists = Pick<Reference, 'categories' | 'districts'>;

const columns = named(importColumns.mediators, names);
/** Languages by their codes, as every language of the house calls them. */
const spoken: Record<string, string[]> = {
  ...names.languages,
  ...Object.fromEntries(
    names.otherLanguages.map((code) => [code, ['kk', 'ru', 'en'].flatMap((of) => new Intl.DisplayNames(of, { type: 'language' }).of(code) ?? [])]), // prettier-ignore
  ),
};

/** Reads every row as the page of the register would send it; what the register itself says to it comes after. */
export function judgeMediators(table: Table, lists: MediatorLists): Judged<KeepEntry> {
  return judgeRows(table, columns, (cells) => {
    const read = KeepEntry.safeParse(entryIn(cells, lists));
    if (read.success) return { faults: [], row: read.data };
    const faults = read.error.issues.map(({ path, code, message }): Fault<MediatorColumn> => {
      const column = columnAt(path.map(String));
      if (column && !cells[column]) return [column, 'required'];
      if (column === 'capacity' && code === 'invalid_type') return [column, 'whole_number'];
      return [column, /^[a-z_]+$/.test(message) ? message : ({ too_big: 'too_long', too_small: 'required' }[code as string] ?? 'choose')];
    });
    return { faults };
  });
}

function entryIn(cells: Cells<MediatorColumn>, { categories, districts }: MediatorLists) {
  const { surname = '', given = '', patronymic = '', iin = '', email = '', phone = '', registerNumber = '', capacity = '' } = cells;
  const { address, organisation, organisationBin = '', community, protocolNumber, protocolDate = '', employer, employerBin = '' } = cells;
  const listed = (rows: MediatorLists['categories'] | MediatorLists['districts'], typed: string) =>
    rows.find(({ code, name }) => isCalled(typed, code, ...Object.values(name)))?.code ?? '';
  return {
    surname,
    given,
    patronymic,
    iin,
    email,
    phone,
    registerNumber,
    capacity,
    organisationBin,
    employerBin,
    address,
    organisation,
    community,
    protocolNumber,
    employer,
    language: cells.language ? (codeOf(cells.language, names.languages) ?? '') : 'kk',
    kind: codeOf(cells.kind, names.kinds) ?? '',
    enteredOn: dayIn(cells.enteredOn ?? ''),
    protocolDate: dayIn(protocolDate),
    languages: listIn(cells.languages).map((typed) => codeOf(typed, spoken) ?? ''),
    fields: listIn(cells.fields).map((typed) => listed(categories, typed)),
    district: listed(districts, cells.district ?? ''),
    certificates: certificatesIn(cells),
  };
}

/** One of the general course, if anything of it is said. */
function certificatesIn(cells: Cells<MediatorColumn>) {
  const { certificateNumber: number, certificateIssuer: issuer, certificateIssuedOn, certificateUntil } = cells;
  if (![number, issuer, certificateIssuedOn, certificateUntil].some(Boolean)) return [];
  const [issuedOn, validUntil] = [dayIn(certificateIssuedOn ?? ''), dayIn(certificateUntil ?? '')];
  return [{ course: 'general', field: null, number: number ?? '', issuer: issuer ?? '', issuedOn, validUntil }];
}

/** The column of a path of the page's form. */
export function columnAt([first = '', ...rest]: string[]): MediatorColumn | null {
  if (first !== 'certificates') return importColumns.mediators.find((name) => name === first) ?? null;
  const ofOne = { issuer: 'certificateIssuer', issuedOn: 'certificateIssuedOn', validUntil: 'certificateUntil' } as const;
  return ofOne[rest.at(-1) as keyof typeof ofOne] ?? 'certificateNumber';
}
