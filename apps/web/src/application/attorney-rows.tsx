import { useQuery } from '@tanstack/react-query';
import { type Attorney, attorneyPowers, FileList } from '#contract';
import { call } from '../api.js';
import { SummaryList } from '../parts/summary-list.js';
import { useDates, useText } from '../words.js';

/** A power of attorney as it will be sent: what is written in it, and the paper itself. */
export function AttorneyRows({ caseId, attorney }: { caseId: string; attorney: Attorney | undefined }) {
  const t = useText('application');
  const dates = useDates();
  const { data } = useQuery({ queryKey: ['files', caseId], queryFn: () => call(FileList, `/cases/${caseId}/files`) });
  const scans = data?.files.filter(({ purpose, isRemoved }) => purpose === 'power' && !isRemoved).map(({ name }) => name);
  const row = (label: string, value: string | undefined) => ({ label, value: value || t('common.none'), change: `/apply/${caseId}/own` });
  /** As it was typed, where that is no day. */
  const day = (typed: string | undefined) => (typed && /^\d{4}-\d\d-\d\d$/.test(typed) ? dates.inWords(typed) : typed);
  const { number, issuedBy, issuedOn, validUntil, powers } = attorney ?? {};
  return (
    <>
      <h3>{t('application.check.attorney')}</h3>
      <SummaryList
        rows={[
          row(t('application.attorney.number'), number),
          row(t('application.attorney.issuedBy'), issuedBy),
          row(t('application.attorney.issuedOn'), day(issuedOn)),
          row(t('application.attorney.validUntil'), day(validUntil)),
          row(
            t('application.attorney.powers'),
            attorneyPowers
              .filter((power) => powers?.includes(power))
              .map((power) => t(`application.attorney.${power}`))
              .join('\n'),
          ),
          row(t('application.check.scan'), scans && (scans.join('\n') || t('application.check.scan.none'))),
        ]}
      />
    </>
  );
}
