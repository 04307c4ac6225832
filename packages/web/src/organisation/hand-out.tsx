import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { ConfirmDialog, Field, Input, Radio } from '../kit/index.ts';
import type { Handed } from './handed-over.tsx';

type Props = { open: boolean; onClose: () => void; onHanded: (handed: Handed) => void };

/** Makes an account for an applicant. */
export function HandOut({ open, onClose, onHanded }: Props) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [by, setBy] = useState<'link' | 'temporaryPassword'>('link');
  const close = () => {
    setName('');
    setLogin('');
    setBy('link');
    onClose();
  };
  const handOut = async () => {
    const body = { login: login.trim(), name: name.trim(), by };
    const answer = await call<Handed>('POST', '/organisation/people', { body });
    if (answer.ok) {
      onHanded({ ...answer.value, name: body.name });
      await queries.invalidateQueries({ queryKey: ['people'] });
    }
    return answer;
  };
  return (
    <ConfirmDialog
      title="分配账号"
      confirm="分配"
      open={open}
      ready={name.trim() !== '' && login.trim() !== ''}
      onClose={close}
      onConfirm={handOut}
    >
      <Field label="姓名" required>
        {(slots) => <Input {...slots} value={name} maxLength={50} onChange={(event) => setName(event.target.value)} />}
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
      <fieldset className="ks-field ks-fieldset">
        <legend className="ks-field__label">怎样交给本人</legend>
        <Radio.Group
          value={by}
          options={[
            { value: 'link', label: '一次性链接，本人自己设密码' },
            { value: 'temporaryPassword', label: '临时密码' },
          ]}
          onChange={(event) => setBy(event.target.value as typeof by)}
        />
      </fieldset>
    </ConfirmDialog>
  );
}
