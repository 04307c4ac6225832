import type { ReactNode } from 'react';
import { Button } from './controls.ts';

export type Column<T> = {
  key: string;
  title: ReactNode;
  render: (row: T) => ReactNode;
  /** Figures and short codes: right-aligned with digits of one width. */
  figure?: boolean;
  width?: number | string;
};

type Props<T> = {
  caption: string;
  columns: Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** The column that names its row. */
  head?: string;
};

/** A plain table that reads well aloud and scrolls within itself on a narrow screen. */
export function DataTable<T>({ caption, columns, rows, rowKey, head }: Props<T>) {
  return (
    <div className="ks-table">
      <table>
        <caption className="ks-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={column.figure ? 'ks-figure' : undefined}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) =>
                column.key === head ? (
                  <th key={column.key} scope="row">
                    {column.render(row)}
                  </th>
                ) : (
                  <td key={column.key} className={column.figure ? 'ks-figure' : undefined}>
                    {column.render(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type PagerProps = { page: number; pageSize: number; total: number; onPage: (page: number) => void };

export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <nav className="ks-pager" aria-label="分页">
      <span aria-live="polite">
        共 {total} 条{pages > 1 && `，第 ${page}／${pages} 页`}
      </span>
      {pages > 1 && (
        <>
          <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
            上一页
          </Button>
          <Button disabled={page >= pages} onClick={() => onPage(page + 1)}>
            下一页
          </Button>
        </>
      )}
    </nav>
  );
}
