import type { FormField } from '@keshen/rules';
import { useState } from 'react';
import { isGroup, WIDGETS } from '../form/widgets/index.ts';
import { Required } from '../kit/index.ts';
import type { ProfileData } from './queries.ts';

type Props = {
  fields: readonly FormField[];
  data: ProfileData;
  /** What the server said of a field. */
  problems: Record<string, string>;
  onChange: (data: ProfileData) => void;
};

/** A passport takes the place of the identity number. */
export const isAsked = (data: ProfileData, key: string): boolean =>
  key === 'idNumber' ? data['idType'] !== 'passport' : key !== 'passportNumber' || data['idType'] === 'passport';

/** The profile's fields with the same inputs as an application's, without its clauses. */
export function ProfileForm({ fields, data, problems, onChange }: Props) {
  const [unread, setUnread] = useState<Record<string, string | undefined>>({});
  return (
    <>
      {fields
        .filter(({ key }) => isAsked(data, key))
        .map((field) => {
          if (field.type === 'table') return null;
          const { key, label, help, options = [] } = field;
          const id = `f-profile.${key}`;
          const Widget = WIDGETS[field.type];
          const group = isGroup(field.type, options);
          const Label = group ? 'span' : 'label';
          const problem = problems[key];
          const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ');
          return (
            <div className="ks-field" key={key} data-path={`profile.${key}`}>
              <Label className="ks-field__label" id={`${id}-label`} {...(group ? {} : { htmlFor: id })}>
                {label}
                <Required />
              </Label>
              <Widget
                id={id}
                field={field}
                value={data[key]}
                options={options}
                onChange={(value) => {
                  const { [key]: _old, ...others } = data;
                  onChange(value === undefined ? others : { ...others, [key]: value as string | number | boolean });
                }}
                unread={unread[key]}
                onUnread={(text) => setUnread({ ...unread, [key]: text })}
                describedBy={described || undefined}
                invalid={problem !== undefined}
              />
              {help && (
                <p className="ks-field__help" id={`${id}-help`}>
                  {help}
                </p>
              )}
              {problem && (
                <p className="ks-field__error" id={`${id}-problem`} role="alert">
                  {problem}
                </p>
              )}
            </div>
          );
        })}
    </>
  );
}
