import type { Application, FieldValue, SectionValue } from '@keshen/rules';
import { createContext, use, useCallback, useSyncExternalStore } from 'react';

/**
 * The application being edited, outside of React: a key changes one field and re-renders that field only. Text that cannot
 * be read yet (half a date, letters in an amount) is kept beside the values so that leaving the section does not lose it.
 */
export type ApplicationDocument = ReturnType<typeof createDocument>;

const EMPTY: SectionValue = Object.freeze({});

export function createDocument(initial: Application, onEdit: (section: string, data: SectionValue) => void) {
  let application = initial;
  let unread: ReadonlyMap<string, string> = new Map();
  const byField = new Map<string, Set<() => void>>();
  const all = new Set<() => void>();

  const tell = (listeners: Iterable<() => void> | undefined) => {
    for (const listener of listeners ?? []) listener();
  };
  const put = (section: string, data: SectionValue) => {
    application = { ...application, [section]: data };
  };

  return {
    application: () => application,
    section: (section: string): SectionValue => application[section] ?? EMPTY,
    get: (section: string, field: string): FieldValue | undefined => application[section]?.[field],
    /** `undefined` empties the field. */
    set(section: string, field: string, value: FieldValue | undefined): void {
      const before = application[section] ?? EMPTY;
      if (Object.is(before[field], value)) return;
      const { [field]: _old, ...others } = before;
      const data = value === undefined ? others : { ...others, [field]: value };
      put(section, data);
      onEdit(section, data);
      tell(byField.get(`${section}.${field}`));
      tell(all);
    },
    /** A version that came from elsewhere: chosen in a conflict. It is not an edit. */
    replace(section: string, data: SectionValue): void {
      put(section, data);
      for (const [path, listeners] of byField) if (path.startsWith(`${section}.`)) tell(listeners);
      tell(all);
    },
    unread: () => unread,
    setUnread(path: string, text: string | undefined): void {
      if (unread.get(path) === text) return;
      const after = new Map(unread);
      if (text === undefined) after.delete(path);
      else after.set(path, text);
      unread = after;
      tell(all);
    },
    subscribe(listener: () => void): () => void {
      all.add(listener);
      return () => void all.delete(listener);
    },
    subscribeField(path: string, listener: () => void): () => void {
      const listeners = byField.get(path) ?? new Set();
      byField.set(path, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
  };
}

const DocumentContext = createContext<ApplicationDocument | undefined>(undefined);
export const DocumentProvider = DocumentContext;

export function useDocument(): ApplicationDocument {
  const document = use(DocumentContext);
  if (!document) throw new Error('no document: a field must stand inside an editor');
  return document;
}

export function useFieldValue(section: string, field: string): FieldValue | undefined {
  const document = useDocument();
  const path = `${section}.${field}`;
  const subscribe = useCallback((listener: () => void) => document.subscribeField(path, listener), [document, path]);
  return useSyncExternalStore(subscribe, () => document.get(section, field));
}
