import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { z } from 'zod';
import { call } from '../api.js';
import { type Complaints, useComplaints } from '../complaints.js';
import { Actions, Button } from './button.js';
import { ErrorSummary } from './error-summary.js';
import { Failure } from './failure.js';

type Props<S extends z.ZodType> = {
  schema: S;
  path: string;
  method?: 'POST' | 'PUT';
  /** The answer as the schema wants it, from what was typed. */
  read: (typed: FormData) => unknown;
  button: string;
  /** What is to be fetched anew. */
  refresh: readonly string[];
  onDone?: (answer: unknown) => void;
  children: (complaints: Complaints) => ReactNode;
};

/** A form of an office's page: reads, checks by the contract, sends once, and is empty again. */
export function AskForm<S extends z.ZodType>({ schema, path, method = 'POST', read, button, refresh, onDone, children }: Props<S>) {
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const { complaints, attempt, check, take } = useComplaints();
  const send = useMutation({
    mutationFn: (body: unknown) => call(z.unknown(), path, { method, body }),
    onError: take,
    onSuccess: (answer) => {
      form.current?.reset();
      onDone?.(answer);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: refresh }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = check(schema, read(new FormData(event.currentTarget)));
    if (asked && !send.isPending) send.mutate(asked);
  };
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      {children(complaints)}
      {Boolean(send.error) && Object.keys(complaints).length === 0 && <Failure of={send.error} />}
      <Actions>
        <Button type="submit" busy={send.isPending}>
          {button}
        </Button>
      </Actions>
    </form>
  );
}
