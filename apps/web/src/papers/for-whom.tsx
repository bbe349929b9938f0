import type { PaperView } from '#contract';
import { CheckCards } from '../parts/option-cards.js';
import { useText } from '../words.js';

/** For whom the reader confirms, where he acts for several; whose power of attorney does not give it stands below without a box. */
export function ForWhom({ paper: { confirmsFor }, complaint }: { paper: PaperView; complaint: string | undefined }) {
  const t = useText('papers');
  if (confirmsFor.length < 2) return null;
  const able = confirmsFor.filter(({ lacksPower }) => !lacksPower);
  return (
    <>
      <CheckCards
        name="partyIds"
        legend={t('papers.confirm.for')}
        hint={t('papers.confirm.for.hint')}
        chosen={able.map(({ partyId }) => partyId)}
        complaint={complaint}
        options={able.map(({ partyId, name }) => ({ value: partyId, label: name }))}
      />
      {confirmsFor
        .filter(({ lacksPower }) => lacksPower)
        .map(({ partyId, name }) => (
          <p key={partyId} className="small muted">
            {name} – {t('papers.confirm.for.lacks')}
          </p>
        ))}
    </>
  );
}

export const named = ({ confirmsFor }: PaperView, form: FormData) =>
  confirmsFor.length > 1 ? { partyIds: form.getAll('partyIds').map(String) } : {};
export const isForNobody = (paper: PaperView, form: FormData) => named(paper, form).partyIds?.length === 0;
