import { useState, type FormEvent } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, ConfirmDialog, Field, Input, Notice, Panel, RefusalNotice, Tag } from '../kit/index.ts';
import { type Channel, type Preferences, useTakePreferences } from './queries.ts';

const WORDS: Record<Channel, { title: string; label: string; like: string; where: string; type: string }> = {
  mail: { title: '邮箱', label: '邮箱地址', like: 'zhang@example.cn', where: '邮箱里', type: 'email' },
  sms: { title: '手机', label: '手机号', like: '13800000000', where: '手机上', type: 'tel' },
};

type Props = { channel: Channel; preferences: Preferences };

/** An address: given, waiting to be confirmed, in use, or no good any more. */
export function AddressPanel({ channel, preferences }: Props) {
  const address = preferences.addresses[channel];
  const words = WORDS[channel];
  const [changing, setChanging] = useState(false);
  const [removing, setRemoving] = useState(false);
  const take = useTakePreferences();
  if (!preferences.channels[channel]) return null;
  const form = !address || changing || address.state === 'bad';
  return (
    <Panel
      title={words.title}
      aside={
        address && (
          <div className="ks-actions">
            {!form && (
              <Button onClick={() => setChanging(true)}>{address.state === 'waiting' ? '重发或更换' : '更换'}</Button>
            )}
            <Button onClick={() => setRemoving(true)}>删除</Button>
          </div>
        )
      }
    >
      {address && (
        <p className="ks-notices__address">
          <strong>{address.shown}</strong> {address.state === 'confirmed' && <Tag tone="good">已确认</Tag>}
          {address.state === 'waiting' && <Tag tone="wait">等待确认</Tag>}
          {address.state === 'bad' && <Tag tone="bad">收不到</Tag>}
        </p>
      )}
      {address?.state === 'waiting' && (
        <p className="ks-panel__note">确认链接已发出，24 小时内在{words.where}打开它；确认以前不会再发别的。</p>
      )}
      {address?.state === 'bad' && (
        <Notice kind="warning" title={`发往这个${words.title}的通知被退了回来，已停止发送`}>
          对方的回答：{address.problem}。请核对后重新填写。
        </Notice>
      )}
      {form && <AddressForm channel={channel} onGiven={() => setChanging(false)} />}
      <ConfirmDialog
        title={`删除${words.title}`}
        confirm="删除"
        danger
        width={440}
        open={removing}
        onClose={() => setRemoving(false)}
        onConfirm={async () => {
          const answer = await call<Preferences>('DELETE', `/notices/addresses/${channel}`);
          if (answer.ok) take(answer.value);
          return answer;
        }}
      >
        <p>删除以后通知不再发到这个{words.title}，在系统里照常能看到。</p>
      </ConfirmDialog>
    </Panel>
  );
}

function AddressForm({ channel, onGiven }: { channel: Channel; onGiven: () => void }) {
  const words = WORDS[channel];
  const take = useTakePreferences();
  const [address, setAddress] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await call<Preferences>('PUT', `/notices/addresses/${channel}`, {
      body: { address: address || ' ' },
    });
    setBusy(false);
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (!answer.ok) return;
    take(answer.value);
    onGiven();
  };
  const wrong = refusal?.where === channel ? refusal : undefined;
  return (
    <form className="ks-notices__form" onSubmit={(event) => void submit(event)} noValidate>
      {refusal && !wrong && <RefusalNotice refusal={refusal} />}
      <Field
        label={words.label}
        help="会发去一个确认链接，打开以后才开始使用。"
        error={wrong && `${wrong.message}${wrong.remedy ?? ''}`}
      >
        {(slots) => (
          <Input
            {...slots}
            type={words.type}
            value={address}
            maxLength={200}
            autoComplete={channel === 'mail' ? 'email' : 'tel'}
            placeholder={`例如 ${words.like}`}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" htmlType="submit" loading={busy}>
        发送确认链接
      </Button>
    </form>
  );
}
