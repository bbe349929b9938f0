import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import { CourtFilters, courtSorts, KeepCourtFilter } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import styles from './court.module.css';

const names = ['board', 'trouble', 'watched', 'search', 'category', 'sort'] as const;
const typed = ['search', 'category', 'sort'] as const;
type Filters = Record<string, string>;

/** What of the address narrows the list. */
export const courtFiltersIn = (search: URLSearchParams): Filters =>
  Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));

type Props = { filters: Filters; onChange: (chosen: Filters) => void };

/** Number, kind and order: chosen together, shown at one press; kept under a name when they are needed every day. */
export function CaseloadFilters({ filters, onChange }: Props) {
  const t = useText('court');
  const language = useLanguage();
  const reference = useReference();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { search: _, category: __, sort: ___, ...others } = filters;
    const chosen = typed.flatMap((name) => (form.get(name) ? [[name, String(form.get(name)).trim()]] : []));
    onChange({ ...others, ...Object.fromEntries(chosen) });
  };
  return (
    <>
      <search>
        <form key={JSON.stringify([filters, Boolean(reference)])} className={styles.filters} onSubmit={submit}>
          <TextField
            name="search"
            type="search"
            label={t('court.filter.search')}
            hint={t('court.filter.search.hint')}
            defaultValue={filters.search ?? ''}
            maxLength={80}
          />
          <SelectField name="category" label={t('court.filter.category')} defaultValue={filters.category ?? ''}>
            <option value="">{t('court.filter.any')}</option>
            {reference?.categories.map(({ code, name }) => (
              <option key={code} value={code}>
                {name[language]}
              </option>
            ))}
          </SelectField>
          <SelectField name="sort" label={t('court.filter.sort')} defaultValue={filters.sort ?? 'since'}>
            {courtSorts.map((sort) => (
              <option key={sort} value={sort}>
                {t(`court.sort.${sort}`)}
              </option>
            ))}
          </SelectField>
          <div className={styles.acts}>
            <Button type="submit" tone="second" small>
              {t('court.filter.show')}
            </Button>
            {Object.keys(filters).length > 0 && (
              <Button tone="quiet" small onClick={() => onChange({})}>
                {t('court.filter.clear')}
              </Button>
            )}
          </div>
        </form>
      </search>
      <KeptFilters filters={filters} />
    </>
  );
}

const kept = ['court', 'filters'];

/** A clerk's own searches by name; nobody else's. */
function KeptFilters({ filters }: { filters: Filters }) {
  const t = useText('court');
  const cache = useQueryClient();
  const { complaints, check, take } = useComplaints({});
  const found = useQuery({ queryKey: kept, queryFn: () => call(CourtFilters, '/court/filters') }).data ?? [];
  const again = () => cache.invalidateQueries({ queryKey: kept });
  const keep = useMutation({
    mutationFn: (body: KeepCourtFilter) => call(CourtFilters, '/court/filters', { method: 'POST', body }),
    onSuccess: again,
    onError: take,
  });
  const drop = useMutation({
    mutationFn: (id: string) => call(z.unknown(), `/court/filters/${id}`, { method: 'DELETE' }),
    onSettled: again,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = check(KeepCourtFilter, { name: new FormData(event.currentTarget).get('name') ?? '', query: filters });
    if (asked && !keep.isPending) keep.mutate(asked);
  };
  return (
    <>
      {found.length > 0 && (
        <nav aria-label={t('court.filter.kept')}>
          <ul className={styles.kept}>
            {found.map(({ id, name, query }) => (
              <li key={id}>
                <Link to={`?${new URLSearchParams(query as Filters)}`}>{name}</Link>
                <Button tone="quiet" small onClick={() => drop.mutate(id)} aria-label={`${t('court.filter.drop')}: ${name}`}>
                  {t('court.filter.drop')}
                </Button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {Object.keys(filters).length > 0 && (
        <details>
          <summary>{t('court.filter.keep')}</summary>
          <form noValidate onSubmit={submit}>
            <TextField name="name" label={t('court.filter.name')} complaint={complaints.name} width="middle" maxLength={60} />
            {keep.isError && Object.keys(complaints).length === 0 && <Failure of={keep.error} />}
            <Button type="submit" tone="second" small busy={keep.isPending}>
              {t('court.filter.save')}
            </Button>
          </form>
        </details>
      )}
    </>
  );
}
