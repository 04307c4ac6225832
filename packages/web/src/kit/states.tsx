import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Refusal } from '../api/types.ts';
import { Alert, Button, Skeleton } from './controls.ts';
import { RetryIcon } from './icons.ts';

export function Loading({ label = '正在读取', rows = 6 }: { label?: string; rows?: number }) {
  return (
    <output className="ks-loading">
      <span className="ks-hidden">{label}</span>
      <Skeleton active title={false} paragraph={{ rows }} aria-hidden />
    </output>
  );
}

type NoticeProps = {
  kind?: 'info' | 'success' | 'warning' | 'error';
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
};

export function Notice({ kind = 'info', title, children, action }: NoticeProps) {
  return (
    <Alert
      className="ks-notice"
      type={kind}
      showIcon
      role={kind === 'error' ? 'alert' : 'status'}
      title={title}
      description={children}
      action={action}
    />
  );
}

/** A refusal as its reader needs it: what, which clause, the figures, what to do. */
export function RefusalNotice({ refusal, retry }: { refusal: Refusal; retry?: () => void }) {
  return (
    <Notice
      kind="error"
      title={refusal.message}
      action={
        retry && (
          <Button icon={<RetryIcon aria-hidden />} onClick={retry}>
            重试
          </Button>
        )
      }
    >
      {(refusal.remedy || refusal.clause || refusal.findings?.length) && (
        <>
          {refusal.remedy && <p>{refusal.remedy}</p>}
          {refusal.clause && <p className="ks-clause">依据：通知{refusal.clause.at}</p>}
          {refusal.findings && refusal.findings.length > 0 && (
            <ul>
              {refusal.findings.map((finding) => (
                <li key={finding.rule}>{finding.text}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </Notice>
  );
}

type EmptyProps = { title: string; children?: ReactNode; action?: ReactNode };

/** Nothing here, and what to do about it. */
export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className="ks-empty">
      <p className="ks-empty__title">{title}</p>
      {children && <div className="ks-empty__text">{children}</div>}
      {action}
    </div>
  );
}

type LoadedProps<T> = { query: UseQueryResult<T>; rows?: number; children: (value: T) => ReactNode };

/** A query's three faces: reading, refused with a way to try again, and there. */
export function Loaded<T>({ query, rows, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <RefusalNotice refusal={query.error.refusal} retry={() => void query.refetch()} />;
  return <Loading {...(rows ? { rows } : {})} />;
}
