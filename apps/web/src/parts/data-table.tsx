import type { ReactNode } from 'react';
import { classes } from './classes.js';
import styles from './data-table.module.css';

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  number?: boolean;
  /** On a phone the cell takes the card's whole width, without its label: the row's name. */
  whole?: boolean;
};
type Props<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** What will come, from whom, when, and one thing to do. */
  empty?: ReactNode;
  foot?: ReactNode;
  /** A heading above says the caption already. */
  titled?: boolean;
};

/** A table that becomes cards below 768 px. */
export function DataTable<Row>({ caption, columns, rows, rowKey, empty, foot, titled = false }: Props<Row>) {
  if (rows.length === 0 && empty) return <div className={styles.empty}>{empty}</div>;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={titled ? 'vh' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, label, number }) => (
              <th key={key} scope="col" className={classes(number && styles.number)}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, label, cell, number, whole }) => (
                <td key={key} data-label={label} className={classes(number && styles.number, whole && styles.whole)}>
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}
