import { useRef, useState } from 'react';
import { dateInWords, readDate } from '../text/beijing-time.ts';
import { Input } from './controls.ts';
import { CalendarIcon } from './icons.ts';

type Props = {
  id: string;
  /** `YYYY-MM-DD` */
  value: string | undefined;
  onChange: (date: string | undefined) => void;
  /** For the calendar button: 选择出生日期. */
  name: string;
  /** Text that could not be read when the field was last left, and where to keep it. */
  unread?: string | undefined;
  onUnread?: (text: string | undefined) => void;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
};

const complaint = (text: string): string | undefined => {
  if (text.trim() === '') return undefined;
  const parsed = readDate(text);
  return parsed.ok ? undefined : parsed.message;
};

/**
 * A date typed as people write it, with the browser's own calendar beside it. What cannot be read stays as typed, with the
 * reason under it, and is not handed on.
 */
export function DateInput({ id, value, onChange, name, unread, onUnread, ...aria }: Props) {
  const [typed, setTyped] = useState(unread);
  const [error, setError] = useState(() => (unread ? complaint(unread) : undefined));
  const picker = useRef<HTMLInputElement>(null);
  const settle = () => {
    if (typed === undefined) return;
    setError(complaint(typed));
    if (!complaint(typed)) setTyped(undefined);
  };
  const type = (text: string) => {
    setTyped(text);
    const parsed = readDate(text);
    if (parsed.ok) setError(undefined);
    const date = parsed.ok ? parsed.date : undefined;
    if (date !== value) onChange(date);
    onUnread?.(complaint(text) && text);
  };
  return (
    <div className="ks-date">
      <Input
        {...aria}
        id={id}
        className="ks-date__text"
        autoComplete="off"
        inputMode="numeric"
        placeholder="年-月-日"
        value={typed ?? value ?? ''}
        status={error ? 'error' : ''}
        aria-invalid={error ? true : aria['aria-invalid']}
        aria-describedby={[`${id}-read`, aria['aria-describedby']].filter(Boolean).join(' ')}
        onChange={(event) => type(event.target.value)}
        onBlur={settle}
        suffix={
          <button
            type="button"
            className="ks-icon-button"
            aria-label={`从日历选择：${name}`}
            onClick={() => picker.current?.showPicker()}
          >
            <CalendarIcon aria-hidden />
          </button>
        }
      />
      <input
        ref={picker}
        className="ks-date__picker"
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={value ?? ''}
        onChange={(event) => type(event.target.value)}
      />
      <p id={`${id}-read`} className={error ? 'ks-field__error' : 'ks-readback'} aria-live="polite">
        {error ?? (value ? dateInWords(value) : '')}
      </p>
    </div>
  );
}
