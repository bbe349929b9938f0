import type { FormEvent } from 'react';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import styles from './search-form.module.css';

type Props = { label: string; value: string; onSearch: (text: string) => void };

export function SearchForm({ label, value, onSearch }: Props) {
  const t = useText();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSearch(String(new FormData(event.currentTarget).get('search') ?? '').trim());
  };
  return (
    <search>
      <form className={styles.search} onSubmit={submit}>
        <TextField key={value} name="search" type="search" label={label} defaultValue={value} width="middle" maxLength={80} />
        <Button type="submit" tone="second">
          {t('common.search')}
        </Button>
      </form>
    </search>
  );
}
