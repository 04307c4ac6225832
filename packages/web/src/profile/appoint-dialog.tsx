import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Administration } from '../api/organisations.ts';
import { ConfirmDialog, DateInput, Field, Input, Notice, Radio, Select } from '../kit/index.ts';
import type { Handed } from '../organisation/handed-over.tsx';

export type Appointing = 'deputy' | 'handOver' | 'byDepartment';
type Props = {
  what: Appointing;
  organisationId: string;
  people: readonly { id: string; name: string; login: string; disabledAt?: string | null }[];
  openWork: Administration['openWork'];
  onClose: () => void;
  /** A new account's link, shown once. */
  onHanded: (handed: Handed) => void;
};
type Appointed = { name: string; login: string; link?: { path: string; expiresAt: string } };

const TEXTS: Record<Appointing, { title: string; confirm: string; path: (id: string) => string }> = {
  deputy: { title: '授权代理', confirm: '授权', path: () => '/organisation/deputies' },
  handOver: { title: '移交单位管理员', confirm: '移交', path: () => '/organisation/hand-over' },
  byDepartment: { title: '指定新的单位管理员', confirm: '指定', path: (id) => `/organisations/${id}/hand-over` },
};

/** Names somebody of the organisation, or opens an account for the person: as a deputy until a day, or as the new administrator. */
export function AppointDialog({ what, organisationId, people, openWork, onClose, onHanded }: Props) {
  const queries = useQueryClient();
  const { title, confirm, path } = TEXTS[what];
  const free = people.filter(({ disabledAt }) => !disabledAt);
  const [another, setAnother] = useState(false);
  const fresh = another || free.length === 0;
  const [personId, setPerson] = useState<string>();
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const whoIsThere = fresh ? name.trim() !== '' && login.trim() !== '' : personId !== undefined;
  const ready = whoIsThere && (what === 'deputy' ? until !== '' : reason.trim() !== '');
  const send = async () => {
    const who = fresh ? { name: name.trim(), login: login.trim() } : { personId };
    // Until the end of the day, Beijing time.
    const body = { who, reason, ...(what === 'deputy' && { until: `${until}T23:59:59+08:00` }) };
    const answer = await call<Appointed>('POST', path(organisationId), { body });
    if (!answer.ok) return answer;
    const { link, ...person } = answer.value;
    if (link) onHanded({ ...person, link });
    await queries.invalidateQueries({ queryKey: ['organisations'] });
    await queries.invalidateQueries({ queryKey: ['people'] });
    if (what === 'handOver' && !link) await queries.invalidateQueries({ queryKey: ['me'] });
    return answer;
  };
  return (
    <ConfirmDialog
      title={title}
      confirm={confirm}
      danger={what !== 'deputy'}
      open
      ready={ready}
      onClose={onClose}
      onConfirm={send}
    >
      {what === 'deputy' ? (
        <p>截止以前，他能办管理员能办的事，都记作代理；他自己申报的项目不能由他审核。不能再授权别人。</p>
      ) : (
        <Notice kind="warning" title={what === 'handOver' ? '移交后您立刻失去管理员权限' : '原管理员立刻失去权限'}>
          <p>原管理员授权的代理同时失效。新管理员不能再申报项目。</p>
          {openWork.length > 0 && (
            <>
              <p>还没有办完、由新管理员接着办的：</p>
              <ul>
                {openWork.map(({ kind, label, count, numbers }) => (
                  <li key={kind}>
                    {label}：{count}项
                    {numbers.length > 0 && `（${numbers.slice(0, 5).join('、')}${numbers.length > 5 ? '等' : ''}）`}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      )}
      {free.length > 0 && (
        <Radio.Group
          className="ko-who"
          aria-label="由谁担任"
          value={fresh}
          options={[
            { value: false, label: '本单位已有账号的人' },
            { value: true, label: '新开一个账号' },
          ]}
          onChange={(event) => setAnother(event.target.value === true)}
        />
      )}
      {fresh ? (
        <>
          <Field label="姓名" required>
            {(slots) => (
              <Input {...slots} value={name} maxLength={50} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Field label="登录名" required help="字母开头，3 至 50 个字母、数字或 . _ - @，例如姓名的拼音。">
            {(slots) => (
              <Input
                {...slots}
                value={login}
                maxLength={50}
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => setLogin(event.target.value)}
              />
            )}
          </Field>
        </>
      ) : (
        <Field label="人员" required>
          {(slots) => (
            <Select
              {...slots}
              placeholder="请选择"
              showSearch={{ optionFilterProp: 'label' }}
              {...(personId ? { value: personId } : {})}
              options={free.map((person) => ({ value: person.id, label: `${person.name}（${person.login}）` }))}
              onChange={setPerson}
            />
          )}
        </Field>
      )}
      {what === 'deputy' && (
        <Field label="代理到哪一天" required help="含当日；最长一年。">
          {(slots) => (
            <DateInput {...slots} name="代理到哪一天" value={until} onChange={(day) => setUntil(day ?? '')} />
          )}
        </Field>
      )}
      <Field label="理由" required={what !== 'deputy'}>
        {(slots) => (
          <Input.TextArea
            {...slots}
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
