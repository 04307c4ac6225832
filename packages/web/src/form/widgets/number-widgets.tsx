import { formatYuan, readInCapitals, tenThousandsColumn, toHalfWidth } from '@keshen/rules';
import { useState, type ReactNode } from 'react';
import { DateInput, Input } from '../../kit/index.ts';
import { parseAmount } from '../../text/amount.ts';
import { ariaOf, type WidgetProps } from './widget.ts';

type Read = { ok: true; value: number } | { ok: false; message: string };
type NumberProps = WidgetProps & {
  read: (text: string) => Read;
  print: (value: number) => string;
  readBack?: (value: number) => ReactNode;
  suffix: string | undefined;
};

/**
 * Text that stands for a number. While typing, the number is handed on as soon as it can be read; what cannot be read stays
 * as typed, with the reason under it once the field is left.
 */
function NumberInput({ read, print, readBack, suffix, ...props }: NumberProps) {
  const { id, field, value, onChange, unread, onUnread } = props;
  const [typed, setTyped] = useState(unread);
  const [left, setLeft] = useState(unread !== undefined);
  const number = typeof value === 'number' ? value : undefined;
  const parsed = typed === undefined || typed.trim() === '' ? undefined : read(typed);
  // A value that came from elsewhere (another window, an undone change) replaces what was typed here.
  if (typed !== undefined && number !== undefined && (!parsed?.ok || parsed.value !== number)) setTyped(undefined);
  const problem = left && parsed && !parsed.ok ? parsed.message : undefined;
  const type = (text: string) => {
    setTyped(text);
    const next = text.trim() === '' ? undefined : read(text);
    onChange(next?.ok ? next.value : undefined);
    onUnread(next && !next.ok ? text : undefined);
  };
  const readId = `${id}-read`;
  return (
    <>
      <Input
        {...ariaOf({ describedBy: props.describedBy, invalid: props.invalid || problem !== undefined }, readId)}
        id={id}
        className="kf-number"
        inputMode="decimal"
        autoComplete="off"
        placeholder={field.placeholder}
        value={typed ?? (number === undefined ? '' : print(number))}
        status={props.invalid || problem ? 'error' : ''}
        suffix={suffix}
        onFocus={() => setLeft(false)}
        onChange={(event) => type(event.target.value)}
        onBlur={() => {
          setLeft(true);
          if (parsed?.ok || typed?.trim() === '') setTyped(undefined);
        }}
      />
      <p id={readId} className={problem ? 'ks-field__error' : 'ks-readback'} aria-live="polite">
        {problem ?? (number === undefined ? '' : readBack?.(number))}
      </p>
    </>
  );
}

const readAmount = (text: string): Read => {
  const parsed = parseAmount(text);
  return parsed.ok ? { ok: true, value: parsed.fen } : parsed;
};

/** `1200000元` → `1,200,000元`: a wrong unit shows in the number of groups. */
const separated = (yuan: string): string => yuan.replace(/^\d+/, (whole) => whole.replace(/\d(?=(\d{3})+$)/g, '$&,'));

/** Typed in 万元, kept in 分, read back in capitals so that a wrong unit is seen at once. */
export function MoneyWidget(props: WidgetProps) {
  return (
    <NumberInput
      {...props}
      read={readAmount}
      print={tenThousandsColumn}
      readBack={(fen) => `${readInCapitals(fen)}（${separated(formatYuan(fen))}）`}
      suffix="万元"
    />
  );
}

const readInteger = (text: string): Read => {
  const plain = toHalfWidth(text).replace(/[\s,]/g, '');
  if (!/^-?\d{1,15}$/.test(plain)) return { ok: false, message: '请填整数' };
  return { ok: true, value: Number(plain) };
};

export function IntegerWidget(props: WidgetProps) {
  return <NumberInput {...props} read={readInteger} print={String} suffix={props.field.unit} />;
}

export function DateWidget(props: WidgetProps) {
  const { id, field, value, onChange, unread, onUnread } = props;
  return (
    <DateInput
      {...ariaOf(props)}
      id={id}
      name={field.label}
      value={typeof value === 'string' ? value : undefined}
      onChange={onChange}
      unread={unread}
      onUnread={onUnread}
    />
  );
}
