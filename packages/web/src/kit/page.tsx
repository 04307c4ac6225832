import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { BackIcon } from './icons.ts';

type Props = {
  title: string;
  /** Stands in the browser's tab instead of the title, where the title alone would not tell pages apart. */
  tab?: string;
  lead?: ReactNode;
  back?: { to: string; label: string };
  actions?: ReactNode;
  width?: 'text' | 'wide';
  children: ReactNode;
};

/** One page: its name in the tab, one `h1` that takes the focus when the route changes, actions beside it. */
export function Page({ title, tab, lead, back, actions, width = 'wide', children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${tab ?? title} · 科申`;
  }, [tab, title]);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    // A link that leads to a field focuses that field itself.
    if (!window.location.hash) heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className={`ks-page ks-page--${width}`}>
      {back && (
        <Link className="ks-back" to={back.to}>
          <BackIcon aria-hidden /> {back.label}
        </Link>
      )}
      <div className="ks-page__head">
        <div className="ks-page__names">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className="ks-page__lead">{lead}</div>}
        </div>
        {actions && <div className="ks-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

type PanelProps = { title?: ReactNode; aside?: ReactNode; note?: ReactNode; id?: string; children: ReactNode };

/** A white sheet on the page with a heading of the second level. */
export function Panel({ title, aside, note, id, children }: PanelProps) {
  return (
    <section className="ks-panel" id={id}>
      {(title || aside) && (
        <div className="ks-panel__head">
          {title && <h2>{title}</h2>}
          {aside && <div className="ks-panel__aside">{aside}</div>}
        </div>
      )}
      {note && <p className="ks-panel__note">{note}</p>}
      {children}
    </section>
  );
}

/** Names and values, two columns on wide screens. */
export function Facts({ items }: { items: (readonly [label: string, value: ReactNode] | undefined | false)[] }) {
  return (
    <dl className="ks-facts">
      {items.map(
        (item) =>
          item && (
            <div key={item[0]}>
              <dt>{item[0]}</dt>
              <dd>{item[1] === '' || item[1] == null ? <span className="ks-none">—</span> : item[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
