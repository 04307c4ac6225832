import { useId, type ReactNode } from 'react';

type Slots = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined };
type Props = {
  label: ReactNode;
  required?: boolean;
  help?: ReactNode;
  error?: string | undefined;
  children: (slots: Slots) => ReactNode;
};

/** Label, control, help and error, tied together for screen readers. The control gets `id` and `aria-*` to spread. */
export function Field({ label, required, help, error, children }: Props) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="ks-field">
      <label className="ks-field__label" htmlFor={id}>
        {label}
        {required && <Required />}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {help && (
        <p className="ks-field__help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p className="ks-field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

export const Required = () => <span className="ks-required">必填</span>;
