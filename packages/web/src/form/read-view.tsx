import type { Application, FormField, FormSection, Row } from '@keshen/rules';
import { useState, type ReactNode } from 'react';
import { DataTable, Pager, Panel } from '../kit/index.ts';
import type { Choices } from './choices.ts';
import { anchorOf, cellPath } from './paths.ts';
import { PersonalValue } from './personal-value.tsx';
import { rowsOf } from './rows.ts';
import { valueText } from './value-text.ts';

type ViewProps = {
  sections: readonly FormSection[];
  application: Application;
  choices: Choices;
  hidden: ReadonlySet<string>;
  /** What stands beside a field: findings for whoever reviews. */
  beside?: (path: string, label: string) => ReactNode;
};

/** Tables up to this many columns are read as tables, wider ones row by row. */
const MOST_COLUMNS = 6;
const ROWS_A_PAGE = 20;

/** The whole application as its readers see it, from the same definition that the form is made of. */
export function ReadView({ sections, application, choices, hidden, beside }: ViewProps) {
  return (
    <>
      {sections
        .filter((section) => !hidden.has(section.key))
        .map((section) => (
          <Panel key={section.key} id={`section-${section.key}`} title={section.title}>
            <SectionView {...{ section, application, choices, hidden, ...(beside ? { beside } : {}) }} />
          </Panel>
        ))}
    </>
  );
}

type SectionProps = Omit<ViewProps, 'sections'> & { section: FormSection };

function SectionView({ section, application, choices, hidden, beside }: SectionProps) {
  const fields = section.fields.filter((field) => !hidden.has(field.path));
  const values = application[section.key] ?? {};
  const plain = fields.filter((field) => field.type !== 'table');
  const tables = fields.filter((field) => field.type === 'table');
  // A section that is one table needs no heading of its own for it.
  const alone = tables.length === 1 && plain.length === 0;
  return (
    <>
      {plain.length > 0 && (
        <dl className="ks-facts">
          {plain.map((field) => (
            <FieldView
              key={field.path}
              field={field}
              path={field.path}
              text={valueText(field, values[field.key], choices, application)}
              beside={beside?.(field.path, field.label)}
            />
          ))}
        </dl>
      )}
      {tables.map((field) => (
        <div key={field.path} className="kr-table" id={anchorOf(field.path)}>
          {!alone && <h3>{field.label}</h3>}
          <TableView
            {...{ field, rows: rowsOf(values[field.key]), application, choices, hidden }}
            RowHeading={alone ? 'h3' : 'h4'}
          />
          {beside?.(field.path, field.label)}
        </div>
      ))}
    </>
  );
}

type FieldViewProps = { field: FormField; path: string; text: string; beside?: ReactNode };

function FieldView({ field, path, text, beside }: FieldViewProps) {
  const long = field.type === 'long_text' || field.type === 'attest';
  return (
    <div id={anchorOf(path)} className={long ? 'kr-long' : undefined}>
      <dt>{field.label}</dt>
      <dd className={long ? 'kr-text' : undefined}>
        {text === '' ? (
          <span className="ks-none">未填</span>
        ) : field.personal ? (
          <PersonalValue path={path} label={field.label} text={text} />
        ) : (
          text
        )}
        {beside}
      </dd>
    </div>
  );
}

type TableProps = {
  field: FormField;
  rows: readonly Row[];
  application: Application;
  choices: Choices;
  hidden: ReadonlySet<string>;
  RowHeading: 'h3' | 'h4';
};

function TableView({ field, rows, application, choices, hidden, RowHeading }: TableProps) {
  const [page, setPage] = useState(1);
  const columns = field.columns ?? [];
  const shown = rows.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE);
  if (rows.length === 0) return <p className="ks-none">没有填写{field.rowNoun ?? '内容'}。</p>;
  const text = (row: Row, column: FormField) => valueText(column, row[column.key], choices, application);
  return (
    <>
      {columns.length <= MOST_COLUMNS && columns.every((column) => !column.personal) ? (
        <DataTable
          caption={field.label}
          rows={shown}
          rowKey={(row) => row.id}
          columns={columns.map((column) => ({
            key: column.key,
            title: column.label,
            figure: column.type === 'money',
            render: (row: Row) => text(row, column) || <span className="ks-none">—</span>,
          }))}
        />
      ) : (
        shown.map((row, index) => (
          <div key={row.id} className="kr-row">
            <RowHeading>
              {field.rowNoun ?? '第'} {(page - 1) * ROWS_A_PAGE + index + 1}
            </RowHeading>
            <dl className="ks-facts">
              {columns
                .filter((column) => !hidden.has(cellPath(field.path, row.id, column.key)))
                .map((column) => (
                  <FieldView
                    key={column.key}
                    field={column}
                    path={cellPath(field.path, row.id, column.key)}
                    text={text(row, column)}
                  />
                ))}
            </dl>
          </div>
        ))
      )}
      {rows.length > ROWS_A_PAGE && <Pager page={page} pageSize={ROWS_A_PAGE} total={rows.length} onPage={setPage} />}
    </>
  );
}
