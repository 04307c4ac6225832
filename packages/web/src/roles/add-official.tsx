import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { ConfirmDialog, Field, Input } from '../kit/index.ts';
import type { Handed } from '../organisation/handed-over.tsx';

type Props = { open: boolean; onClose: () => void; onHanded: (handed: Handed) => void };

/** An account for somebody of an authority or a department; it opens nothing before a role is agreed on. */
export function AddOfficial({ open, onClose, onHanded }: Props) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const close = () => {
    setName('');
    setLogin('');
    onClose();
  };
  const add = async () => {
    const body = { name: name.trim(), login: login.trim() };
    const answer = await call<Handed>('POST', '/roles/people', { body });
    if (answer.ok) {
      onHanded(answer.value);
      await queries.invalidateQueries({ queryKey: ['roles'] });
    }
    return answer;
  };
  return (
    <ConfirmDialog
      title="建立账号"
      confirm="建立"
      open={open}
      ready={name.trim() !== '' && login.trim() !== ''}
      onClose={close}
      onConfirm={add}
    >
      <p>给科技厅、推荐部门的工作人员或管理员建立账号。建好时没有任何权限，角色另行提出、由另一位安全管理员批准。</p>
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
    </ConfirmDialog>
  );
}
