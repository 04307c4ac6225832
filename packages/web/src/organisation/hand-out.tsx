import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { ConfirmDialog, Field, Input, Radio, useToast } from '../kit/index.ts';
import type { Handed } from './handed-over.tsx';

/** The person has an account already and was invited to join. */
type Offered = { offered: true };
type Props = { open: boolean; onClose: () => void; onHanded: (handed: Handed) => void };

/** Makes an account for an applicant, or for whoever reviews first within the organisation. */
export function HandOut({ open, onClose, onHanded }: Props) {
  const queries = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const [by, setBy] = useState<'link' | 'temporaryPassword'>('link');
  const [role, setRole] = useState<'applicant' | 'organisationReviewer'>('applicant');
  const close = () => {
    setRole('applicant');
    setName('');
    setLogin('');
    setIdNumber('');
    setBy('link');
    onClose();
  };
  const handOut = async () => {
    const known = idNumber.trim();
    const body = { login: login.trim(), name: name.trim(), by, role, ...(known && { idNumber: known }) };
    const answer = await call<Handed | Offered>('POST', '/organisation/people', { body });
    if (answer.ok) {
      if ('offered' in answer.value) toast.info(`${body.name}已有账号：已邀请他加入，请他登录后在“个人资料”里答复`);
      else onHanded({ ...answer.value, name: body.name });
      await queries.invalidateQueries({ queryKey: ['people'] });
      await queries.invalidateQueries({ queryKey: ['profiles'] });
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
      <Field
        label="居民身份证号"
        help="可以不填。填了的，如果他在别的单位已有账号，就邀请原账号加入，不另开一个：一个人只用一个账号。"
      >
        {(slots) => (
          <Input
            {...slots}
            value={idNumber}
            maxLength={30}
            autoComplete="off"
            onChange={(event) => setIdNumber(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="ks-field ks-fieldset">
        <legend className="ks-field__label">做什么</legend>
        <Radio.Group
          value={role}
          options={[
            { value: 'applicant', label: '申报人' },
            { value: 'organisationReviewer', label: '单位初核人，审核后由管理员签发报送' },
          ]}
          onChange={(event) => setRole(event.target.value as typeof role)}
        />
      </fieldset>
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
