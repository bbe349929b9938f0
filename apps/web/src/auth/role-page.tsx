import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import type { Role } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { useArrive, useSession } from '../session.js';
import { useText } from '../words.js';

/** One account may hold several roles; it acts in one at a time. */
export function RolePage() {
  const t = useText('auth');
  const session = useSession();
  const arrive = useArrive();
  const choosing = useMutation({
    mutationFn: (role: Role) => call(z.unknown(), '/sessions/current/role', { method: 'PUT', body: { role } }),
    onSuccess: arrive,
  });
  return (
    <div className="narrow">
      <PageHead title={t('auth.role.title')} />
      <p>{t('auth.role.text')}</p>
      {choosing.isError && <Failure of={choosing.error} />}
      <ul className="plain stack">
        {session?.roles.map((role) => (
          <li key={role}>
            <Button
              tone={role === session.role ? 'primary' : 'second'}
              wide
              busy={choosing.isPending}
              onClick={() => choosing.mutate(role)}
            >
              {t(`common.role.${role}`)}
              {role === session.role && ` (${t('auth.role.now')})`}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
