import { useState } from 'react';
import type { ConsultationView } from '#contract';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { useText } from '../words.js';
import { useActOnConsultation } from './use-consultations.js';

/** Who asked may take the question back at any time; the mediator says how it ended, and never what was advised. */
export function EndCard({ of: { id, viewerIs } }: { of: ConsultationView }) {
  const t = useText('consultation');
  const ending = useActOnConsultation(id);
  const [how, setHow] = useState<'advice' | 'nothing'>('advice');
  const isAsker = viewerIs === 'asker';
  return (
    <Card>
      {ending.isError && <Failure of={ending.error} />}
      <Confirm
        tone="quiet"
        label={t(isAsker ? 'consultation.withdraw' : 'consultation.end')}
        question={t(isAsker ? 'consultation.withdraw.question' : 'consultation.end.how')}
        text={t(isAsker ? 'consultation.withdraw.text' : 'consultation.end.text')}
        confirmLabel={t(isAsker ? 'consultation.withdraw.yes' : 'consultation.end')}
        busy={ending.isPending}
        onConfirm={() => ending.mutate({ act: 'ending', body: { outcome: isAsker ? 'withdrawn' : how } })}
      >
        {!isAsker && (
          <RadioCards
            name="outcome"
            chosen={how}
            onChange={({ target }) => setHow(target.value === 'nothing' ? 'nothing' : 'advice')}
            options={(['advice', 'nothing'] as const).map((value) => ({ value, label: t(`consultation.end.${value}`) }))}
          />
        )}
      </Confirm>
    </Card>
  );
}
