import type { ReportLine } from '#contract';
import { type Column, DataTable } from '../parts/data-table.js';
import { useLanguage, useText } from '../words.js';
import styles from './report.module.css';
import { useShown } from './use-shown.js';

type Cut = ReportLine['cuts'][number];
type Cell = Cut['cells'][number];

/** Bars from nought with the number at their end, one colour; a sentence that says the most; and the same numbers in a table. */
export function CutChart({ line, cut }: { line: ReportLine; cut: Cut }) {
  const t = useText('reports');
  const language = useLanguage();
  const shown = useShown();
  const most = Math.max(0, ...cut.cells.map(({ n }) => n ?? 0));
  const largest = cut.cells.filter(({ n }) => n !== null && n > 0).toSorted((one, other) => other.n! - one.n!)[0];
  const columns: Column<Cell>[] = [
    { key: 'value', label: t('reports.col.value'), whole: true, cell: ({ name }) => name[language] },
    { key: 'number', label: t('reports.col.number'), number: true, cell: ({ n }) => shown(n, line) },
  ];
  const caption = `${line.no}. ${line.name[language]}: ${t(`reports.dim.${cut.dim}`)}`;
  return (
    <>
      {largest && <p>{t('reports.chart', { name: largest.name[language], n: largest.n! })}</p>}
      <div className={styles.bars} aria-hidden="true">
        {cut.cells.map(({ value, name, n }) => (
          <div key={value} className={styles.row}>
            <span>{name[language]}</span>
            <span className={styles.track}>
              <span className={styles.bar} style={{ inlineSize: most > 0 ? `calc((100% - 4rem) * ${(n ?? 0) / most})` : 0 }} />
              <span className="num">{shown(n, line)}</span>
            </span>
          </div>
        ))}
      </div>
      <DataTable caption={caption} columns={columns} rows={cut.cells} rowKey={({ value }) => value} />
    </>
  );
}
