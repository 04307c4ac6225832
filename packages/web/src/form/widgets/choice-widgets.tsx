import type { Option } from '@keshen/rules';
import { Checkbox, Radio, Select } from '../../kit/index.ts';
import { matches } from '../choices.ts';
import { ariaOf, type WidgetProps } from './widget.ts';

/** Few and short options are all shown; more are looked up. */
export const areShown = (options: readonly Option[], many: boolean): boolean =>
  many ? options.length <= 12 : options.length <= 5 && options.every((option) => option.label.length <= 24);

/** Several inputs under one name: the question is the group's legend. */
const groupAria = (props: WidgetProps) => ({ ...ariaOf(props), 'aria-labelledby': `${props.id}-label` });

export function ChoiceWidget(props: WidgetProps) {
  const { id, value, onChange, options } = props;
  const chosen = typeof value === 'string' ? value : undefined;
  if (areShown(options, false))
    return (
      <Radio.Group
        {...groupAria(props)}
        id={id}
        name={id}
        value={chosen ?? null}
        options={options.map(({ value: code, label }) => ({ value: code, label }))}
        onChange={(event) => onChange(String(event.target.value))}
      />
    );
  return (
    <Select
      {...ariaOf(props)}
      id={id}
      className="kf-select"
      value={chosen ?? null}
      placeholder="请选择，可输入文字查找"
      allowClear
      showSearch={{ filterOption: (typed, option) => option !== undefined && matches(typed, option) }}
      optionRender={optionLine}
      options={[...options]}
      status={props.invalid ? 'error' : ''}
      onChange={(code: string | null) => onChange(code ?? undefined)}
    />
  );
}

const optionLine = ({ data: { label, help } }: { data: Option }) => (
  <span className="kf-option">
    <span>{label}</span>
    {help && <small>{help}</small>}
  </span>
);

export function ManyWidget(props: WidgetProps) {
  const { id, value, onChange, options } = props;
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  // In the order of the options, so that the same choice is the same value.
  const put = (codes: readonly string[]) => {
    const ordered = options.map((option) => option.value).filter((code) => codes.includes(code));
    onChange(ordered.length > 0 ? ordered : undefined);
  };
  if (areShown(options, true))
    return (
      <fieldset {...groupAria(props)} id={id} tabIndex={-1} className="ks-fieldset kf-ticks">
        {options.map((option) => (
          <Checkbox
            key={option.value}
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              put(event.target.checked ? [...chosen, option.value] : chosen.filter((code) => code !== option.value))
            }
          >
            {option.label}
          </Checkbox>
        ))}
      </fieldset>
    );
  return (
    <Select
      {...ariaOf(props)}
      id={id}
      className="kf-select"
      mode="multiple"
      value={[...chosen]}
      placeholder="可选多项，可输入文字查找"
      showSearch={{ filterOption: (typed, option) => option !== undefined && matches(typed, option) }}
      options={[...options]}
      onChange={put}
    />
  );
}

export function BooleanWidget(props: WidgetProps) {
  const { id, value, onChange } = props;
  return (
    <Radio.Group
      {...groupAria(props)}
      id={id}
      name={id}
      value={typeof value === 'boolean' ? value : null}
      options={[
        { value: true, label: '是' },
        { value: false, label: '否' },
      ]}
      onChange={(event) => onChange(event.target.value === true)}
    />
  );
}

/** A declaration: the whole sentence is what is ticked. */
export function AttestWidget(props: WidgetProps) {
  const { id, field, value, onChange } = props;
  return (
    <Checkbox
      {...ariaOf(props)}
      id={id}
      className="kf-attest"
      checked={value === true}
      onChange={(event) => onChange(event.target.checked ? true : undefined)}
    >
      {field.label}
    </Checkbox>
  );
}
