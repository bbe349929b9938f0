import type { FormEvent } from 'react';
import { mediatorKinds } from '#contract';
import { Button } from '../parts/button.js';
import { FilterForm } from '../parts/filter-form.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useDates, useLanguage, useText } from '../words.js';
import { useMediatorWords } from './use-mediator-words.js';

const names = ['search', 'language', 'field', 'district', 'kind', 'free'] as const;
type Filters = Record<string, string>;

/** What of the address narrows the directory. */
export const directoryFiltersIn = (search: URLSearchParams): Filters =>
  Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));

type Props = { filters: Filters; languages: string[]; days: string[]; onChange: (chosen: Filters) => void };

/** Name, language, kind of dispute, place, kind of mediator, a free day: chosen together, shown at one press. */
export function MediatorFilters({ filters, languages, days, onChange }: Props) {
  const t = useText('mediators');
  const words = useMediatorWords();
  const dates = useDates();
  const language = useLanguage();
  const reference = useReference();
  const options = {
    language: languages.map((code) => [code, words.language(code)] as const),
    field: reference?.categories.map(({ code, name }) => [code, name[language]] as const) ?? [],
    district: reference?.districts.map(({ code, name }) => [code, name[language]] as const) ?? [],
    kind: mediatorKinds.map((kind) => [kind, t(`mediators.kind.${kind}`)] as const),
    free: days.map((day) => [day, dates.withWeekday(day)] as const),
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    onChange(directoryFiltersIn(new URLSearchParams(names.map((name) => [name, String(typed.get(name) ?? '').trim()]))));
  };
  return (
    <FilterForm
      key={JSON.stringify([filters, Boolean(reference), languages.length, days.length])}
      label={t('mediators.filter')}
      chosen={Object.keys(filters).length}
      onSubmit={submit}
      search={<TextField name="search" type="search" label={t('mediators.search')} defaultValue={filters.search ?? ''} maxLength={80} />}
      more={(['language', 'field', 'district', 'kind', 'free'] as const).map((name) => (
        <SelectField key={name} name={name} label={t(`mediators.${name}`)} defaultValue={filters[name] ?? ''}>
          <option value="">{t('mediators.any')}</option>
          {options[name].map(([code, label]) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </SelectField>
      ))}
      acts={
        <>
          <Button type="submit">{t('mediators.show')}</Button>
          {Object.keys(filters).length > 0 && (
            <Button tone="quiet" onClick={() => onChange({})}>
              {t('mediators.clear')}
            </Button>
          )}
        </>
      }
    />
  );
}
