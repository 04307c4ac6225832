import type { FormSection } from '@keshen/rules';
import { FieldRow } from './field-row.tsx';

/** One section of the application: one form, saved as one. */
export function SectionForm({ section }: { section: FormSection }) {
  return (
    <form className="kf-form" aria-label={section.title} onSubmit={(event) => event.preventDefault()} noValidate>
      {section.help && <p className="kf-form__help">{section.help}</p>}
      {section.fields.map((field) => (
        <FieldRow key={field.path} section={section.key} field={field} />
      ))}
    </form>
  );
}
