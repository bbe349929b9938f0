import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { FairnessBoard, type FairnessGroup, fairnessMonths, type FairnessRow } from '#contract';
import { call } from '../api.js';
import styles from '../council/report.module.css';
import { FirstRows } from '../office/first-rows.js';
import { Folded } from '../office/folded.js';
import { Pills } from '../office/pills.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { FactList } from '../parts/fact-list.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useMediatorWords } from '../public/use-mediator-words.js';
import { useNames } from '../reference.js';
import { useLanguage, useText } from '../words.js';

/** How offers and cases fall on the mediators: one measure, a picture, and the same numbers in tables. No case stands here. */
export function FairnessPage() {
  const t = useText('register', 'mediators');
  const [params] = useSearchParams();
  const months = fairnessMonths.find((one) => String(one) === params.get('months')) ?? 3;
  const found = useQuery({
    queryKey: ['fairness', months],
    queryFn: () => call(FairnessBoard, `/desk/fairness?months=${months}`),
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead
        title={t('register.fairness.title')}
        lead={t('register.fairness.lead')}
        back="/desk/register"
        backLabel={t('register.back')}
      />
      <Pills
        label={t('register.fairness.period')}
        pills={fairnessMonths.map((one) => ({
          to: `?months=${one}`,
          label: t('register.fairness.months', { count: one }),
          isCurrent: one === months,
        }))}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Board of={found.data} />}
    </>
  );
}

function Board({ of: { all, mediators, byLanguage, byDistrict } }: { of: FairnessBoard }) {
  const t = useText('register');
  const words = useMediatorWords();
  const names = useNames();
  const say = useNumbers();
  return (
    <div className="stack">
      <p>
        <b>{all.gini === null ? t('register.fairness.gini.few') : t('register.fairness.gini.says', { n: say.share(all.gini) })}</b>
      </p>
      <FactList
        facts={[
          { label: t('register.fairness.mediators'), value: all.mediators },
          { label: t('register.fairness.accepted'), value: say.whole(all.accepted) },
          { label: t('register.fairness.acceptance'), value: say.percent(all.acceptance) },
          { label: t('register.fairness.load'), value: say.percent(all.load) },
        ]}
      />
      <Bars rows={mediators} />
      <Folded title={t('register.fairness.each')}>
        <FirstRows of={mediators}>{(rows) => <Each rows={rows} />}</FirstRows>
      </Folded>
      <Groups caption={t('register.fairness.byLanguage')} groups={byLanguage} nameOf={words.language} />
      <Groups caption={t('register.fairness.byDistrict')} groups={byDistrict} nameOf={names.district} />
      <p className="muted small">{t('register.fairness.few')}</p>
    </div>
  );
}

/** From nought, the number at the end; read aloud the table below says the same. */
function Bars({ rows }: { rows: FairnessRow[] }) {
  const t = useText('register');
  const [first] = rows;
  if (!first || rows.every(({ offered }) => offered === 0)) return <p>{t('register.fairness.none')}</p>;
  return (
    <section>
      <p>{t('register.fairness.most', { name: first.name, count: first.accepted })}</p>
      <FirstRows of={rows}>
        {(shown) => (
          <div className={styles.bars} aria-hidden="true">
            {shown.map((row) => (
              <Bar key={row.mediatorId} of={row} most={first.accepted} />
            ))}
          </div>
        )}
      </FirstRows>
    </section>
  );
}

const Bar = ({ of: { name, accepted }, most }: { of: FairnessRow; most: number }) => (
  <div className={styles.row}>
    <span>{name}</span>
    <span className={styles.track}>
      <span className={styles.bar} style={{ inlineSize: `calc((100% - 3rem) * ${most > 0 ? accepted / most : 0})` }} />
      <span className="num">{accepted}</span>
    </span>
  </div>
);

function Each({ rows }: { rows: FairnessRow[] }) {
  const t = useText('register');
  const say = useNumbers();
  const number = (key: 'offered' | 'accepted' | 'declined' | 'expired'): Column<FairnessRow> => ({
    key,
    label: t(`register.fairness.${key}`),
    number: true,
    cell: (row) => row[key],
  });
  return (
    <DataTable
      caption={t('register.fairness.each')}
      rows={rows}
      rowKey={({ mediatorId }) => mediatorId}
      empty={<p>{t('register.none')}</p>}
      columns={[
        { key: 'name', label: t('register.name'), whole: true, cell: ({ name }) => <b>{name}</b> },
        number('accepted'),
        number('offered'),
        number('declined'),
        number('expired'),
        { key: 'hours', label: t('register.fairness.hours'), number: true, cell: ({ hours }) => say.hours(hours) },
        {
          key: 'load',
          label: t('register.fairness.load'),
          number: true,
          cell: ({ open, capacity }) => t('register.load.value', { open, capacity }),
        },
      ]}
    />
  );
}

type GroupsProps = { caption: string; groups: FairnessGroup[]; nameOf: (code: string) => string };

function Groups({ caption, groups, nameOf }: GroupsProps) {
  const t = useText('register');
  const say = useNumbers();
  return (
    <Folded title={caption}>
      <DataTable
        caption={caption}
        rows={groups}
        rowKey={({ code }) => code ?? ''}
        columns={[
          { key: 'name', label: caption, whole: true, cell: ({ code }) => <b>{nameOf(code ?? '')}</b> },
          { key: 'mediators', label: t('register.fairness.mediators'), number: true, cell: ({ mediators }) => mediators },
          { key: 'accepted', label: t('register.fairness.accepted'), number: true, cell: ({ accepted }) => say.whole(accepted) },
          { key: 'acceptance', label: t('register.fairness.acceptance'), number: true, cell: ({ acceptance }) => say.percent(acceptance) },
          { key: 'load', label: t('register.fairness.load'), number: true, cell: ({ load }) => say.percent(load) },
          { key: 'hours', label: t('register.fairness.hours'), number: true, cell: ({ hours }) => say.hours(hours) },
          { key: 'gini', label: t('register.fairness.gini'), number: true, cell: ({ gini }) => say.share(gini) },
        ]}
      />
    </Folded>
  );
}

/** What is not told or not known is a dash. */
function useNumbers() {
  const language = useLanguage();
  const of = (options: Intl.NumberFormatOptions) => {
    // Numbers are written the same in Kazakh and Russian; not every browser knows the first.
    const format = new Intl.NumberFormat(language === 'kk' ? 'ru' : language, options);
    return (n: number | null) => (n === null ? '–' : format.format(n));
  };
  return {
    whole: of({ maximumFractionDigits: 0 }),
    share: of({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    percent: of({ style: 'percent', maximumFractionDigits: 0 }),
    hours: of({ maximumFractionDigits: 1 }),
  };
}
