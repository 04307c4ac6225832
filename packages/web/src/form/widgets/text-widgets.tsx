import { normaliseCreditCode, normaliseResidentId, toHalfWidth } from '@keshen/rules';
import { Input } from '../../kit/index.ts';
import { charactersIn } from '../../text/characters.ts';
import { ariaOf, type WidgetProps } from './widget.ts';

/** Empty text is a missing answer, not an answer. */
const orMissing = (text: string): string | undefined => (text === '' ? undefined : text);

function Count({ id, text, limit }: { id: string; text: string; limit: number }) {
  const length = charactersIn(text);
  return (
    <span id={id} className={length > limit ? 'kf-count kf-count--over' : 'kf-count'}>
      {length}／{limit}
      {length > limit && `，超出 ${length - limit} 字`}
    </span>
  );
}

export function TextWidget(props: WidgetProps) {
  const { id, field, value, onChange } = props;
  const text = typeof value === 'string' ? value : '';
  const count = field.maxLength && charactersIn(text) > field.maxLength * 0.8 ? `${id}-count` : undefined;
  return (
    <>
      <Input
        {...ariaOf(props, count)}
        id={id}
        value={text}
        placeholder={field.placeholder}
        autoComplete="off"
        status={props.invalid ? 'error' : ''}
        onChange={(event) => onChange(orMissing(event.target.value))}
      />
      {count && field.maxLength && <Count id={count} text={text} limit={field.maxLength} />}
    </>
  );
}

export function LongTextWidget(props: WidgetProps) {
  const { id, field, value, onChange } = props;
  const text = typeof value === 'string' ? value : '';
  return (
    <>
      <Input.TextArea
        {...ariaOf(props, field.maxLength ? `${id}-count` : undefined)}
        id={id}
        className="kf-long"
        value={text}
        rows={(field.maxLength ?? 1000) > 2000 ? 8 : 4}
        placeholder={field.placeholder}
        status={props.invalid ? 'error' : ''}
        onChange={(event) => onChange(orMissing(event.target.value))}
      />
      {field.maxLength && <Count id={`${id}-count`} text={text} limit={field.maxLength} />}
    </>
  );
}

const NORMALISE: Partial<Record<string, (text: string) => string>> = {
  uscc: normaliseCreditCode,
  resident_id: normaliseResidentId,
  phone: (text) => toHalfWidth(text).trim(),
  email: (text) => toHalfWidth(text).trim(),
};
const KEYBOARD: Partial<Record<string, 'tel' | 'email'>> = { phone: 'tel', email: 'email' };

/** Numbers that stand on a paper: full-width digits and blanks are put right when the field is left. */
export function IdentifierWidget(props: WidgetProps) {
  const { id, field, value, onChange } = props;
  const text = typeof value === 'string' ? value : '';
  const settle = () => {
    const normal = NORMALISE[field.type]?.(text) ?? text;
    if (normal !== text) onChange(orMissing(normal));
  };
  return (
    <Input
      {...ariaOf(props)}
      id={id}
      className="kf-identifier"
      value={text}
      inputMode={KEYBOARD[field.type]}
      placeholder={field.placeholder}
      autoComplete="off"
      spellCheck={false}
      status={props.invalid ? 'error' : ''}
      onChange={(event) => onChange(orMissing(event.target.value))}
      onBlur={settle}
    />
  );
}
