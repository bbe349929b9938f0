import type { FormEvent } from 'react';
import { doors } from '#contract';
import { Button } from '../parts/button.js';
import { FilterForm } from '../parts/filter-form.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';

const names = ['search', 'category', 'district', 'door'] as const;
type Filters = Partial<Record<(typeof names)[number], string>>;

/** What of the address narrows the list. */
export const filtersIn = (search: URLSearchParams): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));

type Props = { filters: Filters; onChange: (chosen: Record<string, string>) => void };

/** Number or name, kind, place, door: chosen together, shown at one press. */
export function QueueFilters({ filters, onChange }: Props) {
  const t = useText('desk');
  const language = useLanguage();
  const reference = useReference();
  const options = {
    category: reference?.categories.map(({ code, name }) => [code, name[language]] as const) ?? [],
    district: reference?.districts.map(({ code, name }) => [code, name[language]] as const) ?? [],
    door: doors.map((door) => [door, t(`desk.door.${door}`)] as const),
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    onChange(filtersIn(new URLSearchParams(names.map((name) => [name, String(typed.get(name) ?? '').trim()]))));
  };
  return (
    <FilterForm
      key={JSON.stringify([filters, Boolean(reference)])}
      chosen={Object.keys(filters).length}
      onSubmit={submit}
      search={<TextField name="search" type="search" label={t('desk.search')} defaultValue={filters.search ?? ''} maxLength={80} />}
      more={(['category', 'district', 'door'] as const).map((name) => (
        <SelectField key={name} name={name} label={t(`desk.filter.${name}`)} defaultValue={filters[name] ?? ''}>
          <option value="">{t('desk.filter.any')}</option>
          {options[name].map(([code, label]) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </SelectField>
      ))}
      acts={
        <>
          <Button type="submit" tone="second" small>
            {t('desk.filter.show')}
          </Button>
          {Object.keys(filters).length > 0 && (
            <Button tone="quiet" small onClick={() => onChange({})}>
              {t('desk.filter.clear')}
            </Button>
          )}
        </>
      }
    />
  );
}
