import { useQuery } from '@tanstack/react-query';
import { AnewAgreements, type CaseView } from '#contract';
import { call } from '../api.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { useMoveCase } from './cases.js';

/** After the court did not approve: every party says whether it wants to settle anew, and the desk gives the case back to its mediator. */
export function AnewCard({ found: { id, viewerIs, actions } }: { found: CaseView }) {
  const t = useText('case');
  const dates = useDates();
  const isDesk = viewerIs === 'coordinator';
  const said = useQuery({ queryKey: ['case', id, 'anew'], queryFn: () => call(AnewAgreements, `/cases/${id}/anew-agreements`) });
  const agree = useCaseChange(id, () => ({ path: `/cases/${id}/anew-agreements` }));
  const move = useMoveCase(id);
  if (said.isPending) return <Waiting />;
  if (said.isError) return <Failure of={said.error} />;
  const { open, until, parties, mayAgree } = said.data;
  if (!open)
    return (
      <Card title={t('case.anew')}>
        <p>{t(isDesk ? 'case.anew.desk.over' : 'case.anew.over')}</p>
      </Card>
    );
  return (
    <Card kind={mayAgree ? 'panel' : undefined} title={t('case.anew')}>
      <p>{t(isDesk ? 'case.anew.desk' : 'case.anew.text')}</p>
      <ul>
        {parties.map(({ name, side, agreedAt }, place) => (
          <li key={`${side}${place}`}>
            {name} – {agreedAt ? t('case.anew.agreed', { date: dates.inWords(agreedAt) }) : t('case.anew.waits')}
          </li>
        ))}
      </ul>
      {mayAgree && (
        <Actions>
          <Button busy={agree.isPending} onClick={() => agree.mutate()}>
            {t('case.anew.agree')}
          </Button>
        </Actions>
      )}
      {!mayAgree && !isDesk && <p>{t('case.anew.mine')}</p>}
      {actions.includes('resume_settlement') && (
        <Confirm
          tone="primary"
          label={t('case.anew.resume')}
          question={t('case.anew.resume.question')}
          text={t('case.anew.resume.text')}
          confirmLabel={t('case.anew.resume')}
          busy={move.isPending}
          onConfirm={() => move.mutate({ action: 'resume_settlement' })}
        />
      )}
      {until && <p className="small">{t('case.anew.until', { date: dates.withWeekday(until) })}</p>}
      {(agree.error ?? move.error) && <Failure of={(agree.error ?? move.error)!} />}
    </Card>
  );
}
