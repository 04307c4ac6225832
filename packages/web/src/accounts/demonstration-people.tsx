import { useState } from 'react';
import type { DemonstrationPerson } from '../api/types.ts';
import { Panel, Select } from '../kit/index.ts';

type Props = {
  people: readonly DemonstrationPerson[];
  /** The login filled in at the moment. */
  chosen: string | undefined;
  onChoose: (person: DemonstrationPerson) => void;
};

/** Whom one may sign in as in a rehearsal: those of one authority at a time, and those of the whole system. */
export function DemonstrationPeople({ people, chosen, onChoose }: Props) {
  const names = people.flatMap(({ authorityName }) => authorityName ?? []);
  const authorities = [...new Set(names)];
  const [picked, setPicked] = useState('');
  const authority = picked || (authorities[0] ?? '');
  const ofHouse = people.filter(({ authorityName }) => authorityName === undefined);
  return (
    <Panel title="演练人员" note="点一下填入登录名和密码，再点“登录”。正式环境里没有这些账号。">
      {authorities.length > 1 && (
        <div className="ks-people__authority">
          <label htmlFor="demonstration-authority">哪个科技厅的申报</label>
          <Select
            id="demonstration-authority"
            value={authority}
            options={authorities.map((name) => ({ value: name, label: name }))}
            onChange={setPicked}
          />
        </div>
      )}
      <People people={people.filter(({ authorityName }) => authorityName === authority)} {...{ chosen, onChoose }} />
      {ofHouse.length > 0 && <h3>全系统</h3>}
      <People people={ofHouse} {...{ chosen, onChoose }} />
    </Panel>
  );
}

const People = ({ people, chosen, onChoose }: Props) => (
  <ul className="ks-people">
    {people.map((person) => (
      <li key={person.login}>
        <button type="button" aria-pressed={chosen === person.login} onClick={() => onChoose(person)}>
          <strong>{person.label}</strong>
          <span>{person.name}</span>
          <code>{person.login}</code>
          <small>
            {person.of && `${person.of}：`}
            {person.what}
          </small>
        </button>
      </li>
    ))}
  </ul>
);
