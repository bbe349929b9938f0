import { useNavigate } from 'react-router';
import type { Language } from '#contract';
import { timeInWords } from '#language';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import { ConsultationItem } from './item.js';
import { useActOnConsultation, useConsultations } from './use-consultations.js';

/** A mediator's duty: who waits, without a name or a word, and one's own questions that are open. */
export function DutyCard() {
  const t = useText('consultation');
  const found = useConsultations(30_000);
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const { own = [], waiting = [], onDutyUntil = null } = found.data ?? {};
  const open = own.filter(({ endedAt }) => endedAt === null);
  if (!onDutyUntil && open.length === 0) return null;
  return (
    <>
      {onDutyUntil && (
        <Card title={t('consultation.duty.title')} live>
          <p>{t('consultation.duty.until', { at: timeInWords(onDutyUntil) })}</p>
          <h3>{t('consultation.duty.waiting')}</h3>
          {waiting.length === 0 && <p className="muted">{t('consultation.duty.waiting.none')}</p>}
          <ul className="plain">
            {waiting.map((row) => (
              <WaitingItem key={row.id} of={row} />
            ))}
          </ul>
        </Card>
      )}
      {open.map((row) => (
        <ConsultationItem key={row.id} of={row} />
      ))}
    </>
  );
}

function WaitingItem({
  of: { id, category, language, askedAt },
}: {
  of: { id: string; category: string; language: Language; askedAt: string };
}) {
  const t = useText('consultation');
  const dates = useDates();
  const names = useNames();
  const navigate = useNavigate();
  const taking = useActOnConsultation(id);
  /** What is taken leaves the list, which may come first: the way on does not hang on its line. */
  const take = () =>
    void taking.mutateAsync({ act: 'taking' }).then(
      (view) => navigate(`/consultations/${view.id}`),
      () => undefined,
    );
  return (
    <li>
      <p>
        <b>{names.category(category) || t('consultation.about.other')}</b> · {t(`common.${language}`)}
        <br />
        <span className="small muted">{t('consultation.duty.since', { at: dates.moment(askedAt) })}</span>
      </p>
      {taking.isError && <Failure of={taking.error} />}
      <Button small busy={taking.isPending} onClick={take}>
        {t('consultation.duty.take')}
      </Button>
    </li>
  );
}
