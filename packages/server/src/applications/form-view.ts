import { isVisible, type LinkedCall, type Subject, visibleSections } from '@keshen/rules';
import { type Content, materialsOf } from './content.ts';
import type { FormView } from './print/form-blocks.ts';
import type { Naming } from './print/written.ts';

/** How the call names its codes: options, countries, divisions, titles, topics. */
export const namingOf =
  ({ vocabulary }: LinkedCall): Naming =>
  (path, value) =>
    vocabulary.word(path).options(value);

/** The content as the rules read it, without what registers know. */
export const subjectOf = ({ sections, attachments }: Content, at: Subject['at']): Subject => ({
  application: sections,
  materials: materialsOf(attachments.map((attachment) => ({ ...attachment, id: attachment.sha256 }))),
  facts: {},
  at,
});

/** What of the form was asked for with these answers, as the rules see it. */
export function formView(linked: LinkedCall, content: Content, at: Subject['at']): FormView {
  const subject = subjectOf(content, at);
  const shown = new Set(visibleSections(linked, subject).map(({ key }) => key));
  return {
    isShown: (item, row) => ('fields' in item ? shown.has(item.key) : isVisible(linked, item, subject, row)),
    naming: namingOf(linked),
  };
}
