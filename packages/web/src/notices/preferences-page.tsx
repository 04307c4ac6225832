import { useState } from 'react';
import type { NoticeKind, NoticeMode } from '@keshen/rules';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { DataTable, Loaded, Notice, Page, Panel, RefusalNotice, Select, Tag } from '../kit/index.ts';
import { AddressPanel } from './address-panel.tsx';
import { type Channel, type Preferences, usePreferences, useTakePreferences } from './queries.ts';
import { QuietHours } from './quiet-hours.tsx';

/** Where and how a person is told: addresses, and for each kind and channel at once, daily or not at all. */
export default function PreferencesPage() {
  const preferences = usePreferences();
  return (
    <Page
      title="通知设置"
      back={{ to: '/notices', label: '通知' }}
      lead="系统里的通知总能看到；邮件和短信要先登记地址并确认。"
    >
      <Loaded query={preferences}>
        {(found) => (
          <>
            <AddressPanel channel="mail" preferences={found} />
            {found.channels.sms && <AddressPanel channel="sms" preferences={found} />}
            <Choices preferences={found} />
            {found.channels.sms && <QuietHours key={`${found.quiet.from}${found.quiet.to}`} preferences={found} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const LABELS: Record<NoticeMode, string> = { once: '立即', daily: '每日合集', off: '不接收' };
const CHANNELS: Record<'system' | Channel, string> = { system: '系统内', mail: '邮件', sms: '短信' };

type Kind = Preferences['kinds'][number];

function Choices({ preferences }: { preferences: Preferences }) {
  const take = useTakePreferences();
  const [refusal, setRefusal] = useState<Refusal>();
  const [said, setSaid] = useState('');
  const choose = async ({ kind, label }: Kind, channel: 'system' | Channel, mode: NoticeMode) => {
    const answer = await call<Preferences>('PUT', '/notices/preferences', { body: { kind, channel, mode } });
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (!answer.ok) return;
    take(answer.value);
    setSaid(`已保存：${label}，${CHANNELS[channel]}${LABELS[mode]}`);
  };
  const columnOf = (channel: 'system' | Channel) => ({
    key: channel,
    title: CHANNELS[channel],
    width: 160,
    render: (row: Kind) =>
      channel === 'system' && row.locked ? (
        <Tag>始终接收</Tag>
      ) : (
        <Choice row={row} channel={channel} onChoose={(mode) => void choose(row, channel, mode)} />
      ),
  });
  const { mail, sms } = preferences.channels;
  return (
    <Panel
      title="接收哪些通知"
      note={
        mail
          ? `关系到申报的通知在系统里不能关。每日合集在早上 ${preferences.digestAt} 发一封，已经看过的不再发。`
          : '关系到申报的通知在系统里不能关。'
      }
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      <DataTable
        caption="每种通知怎样接收"
        rows={preferences.kinds}
        rowKey={(row) => row.kind}
        head="kind"
        columns={[
          {
            key: 'kind',
            title: '种类',
            render: (row) => (
              <>
                {row.label}
                <span className="ks-notices__help">{row.help}</span>
              </>
            ),
          },
          columnOf('system'),
          ...(mail ? [columnOf('mail')] : []),
          ...(sms ? [columnOf('sms')] : []),
        ]}
      />
      <output className="ks-notices__saved">{said}</output>
      {!mail && <Notice title="本系统还没有接通邮件">通知只在系统里看；接通以后这里可以登记邮箱。</Notice>}
    </Panel>
  );
}

type ChoiceProps = { row: Kind; channel: 'system' | Channel; onChoose: (mode: NoticeMode) => void };

const modesOf = (channel: 'system' | Channel): NoticeMode[] =>
  channel === 'mail' ? ['once', 'daily', 'off'] : ['once', 'off'];

function Choice({ row, channel, onChoose }: ChoiceProps) {
  const kind: NoticeKind = row.kind;
  return (
    <Select
      aria-label={`${row.label}：${CHANNELS[channel]}`}
      data-choice={`${kind}-${channel}`}
      value={row.modes[channel]}
      style={{ width: 128 }}
      options={modesOf(channel).map((mode) => ({ value: mode, label: LABELS[mode] }))}
      onChange={onChoose}
    />
  );
}
