import type { Application, Form } from '@keshen/rules';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { rowsOf } from '../../form/rows.ts';
import type { EditorSession } from './session.ts';

/** The people and organisations that registers are asked about: all numbers of identity in the application. */
export function identitiesIn(application: Application, form: Form): string {
  const found: string[] = [];
  const note = (value: unknown) => typeof value === 'string' && value.length >= 8 && found.push(value);
  for (const section of form.sections)
    for (const field of section.fields) {
      const value = application[section.key]?.[field.key];
      if (field.type === 'uscc' || field.type === 'resident_id') note(value);
      for (const column of field.columns ?? [])
        if (column.type === 'uscc' || column.type === 'resident_id')
          for (const row of rowsOf(value)) note(row[column.key]);
    }
  return found.toSorted().join(' ');
}

/** Asks the registers again once another person or organisation has been saved. */
export function useIdentityFacts(applicationId: string, session: EditorSession): void {
  const queries = useQueryClient();
  useEffect(() => {
    const { autosave, document, definition } = session;
    const identities = () => identitiesIn(document.application(), definition.compiled.form);
    let asked = identities();
    return autosave.subscribe(() => {
      if (!autosave.allSaved()) return;
      const now = identities();
      if (now === asked) return;
      asked = now;
      void queries.invalidateQueries({ queryKey: ['application', applicationId, 'facts'] });
    });
  }, [applicationId, session, queries]);
}
