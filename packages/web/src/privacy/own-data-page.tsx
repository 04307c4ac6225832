import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import {
  Button,
  DataTable,
  DownloadIcon,
  Field,
  Input,
  Loaded,
  Page,
  Panel,
  ReasonDialog,
  useToast,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { KINDS, RequestTag, useRequests } from './requests.tsx';

/** 个人信息保护法 第四十五至四十七条: what is held, getting a copy, having it put right or deleted. */
export default function OwnDataPage() {
  const requests = useRequests('/me/requests');
  const [asking, setAsking] = useState<'correction' | 'erasure'>();
  return (
    <Page title="我的个人信息" width="text" lead="系统存有您的哪些信息，怎样取得一份，怎样更正，怎样注销。">
      <Panel
        title="取得一份"
        note="账号、角色、登录的设备、您填写的申报和办理过的事项，存成一个文件。里面有证件号码和电话，请妥善保管。"
      >
        <Button icon={<DownloadIcon aria-hidden />} href="/api/me/data" download>
          导出本人信息
        </Button>
      </Panel>
      <Panel
        title="更正或注销"
        note="个人资料可以自己改；姓名写错、账号要注销的，在这里申请，由单位管理员或安全管理员办理，十五个工作日内答复。"
      >
        <div className="ks-actions">
          <Button onClick={() => setAsking('correction')}>申请更正</Button>
          <Button danger onClick={() => setAsking('erasure')}>
            申请注销账号
          </Button>
        </div>
        <Loaded query={requests} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="ks-none">还没有申请过。</p>
            ) : (
              <DataTable
                caption="我的申请"
                rows={items}
                rowKey={(row) => row.id}
                head="kind"
                columns={[
                  { key: 'kind', title: '申请', render: (row) => KINDS[row.kind] },
                  { key: 'text', title: '要求', render: (row) => [row.text, row.name].filter(Boolean).join('；应为') },
                  { key: 'askedAt', title: '提出', figure: true, render: (row) => momentOf(row.askedAt) },
                  {
                    key: 'state',
                    title: '办理',
                    render: (row) => (
                      <>
                        <RequestTag decision={row.decision} /> {row.answer}
                      </>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
      <Ask key={asking} kind={asking} onClose={() => setAsking(undefined)} />
    </Page>
  );
}

function Ask({ kind, onClose }: { kind: 'correction' | 'erasure' | undefined; onClose: () => void }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  return (
    <ReasonDialog
      title={kind === 'erasure' ? '申请注销账号' : '申请更正'}
      confirm="提出申请"
      danger={kind === 'erasure'}
      label={kind === 'erasure' ? '原因' : '哪里不对'}
      open={kind !== undefined}
      onClose={onClose}
      onConfirm={async (text) => {
        const answer = await call('POST', '/me/requests', { body: { kind, text, ...(name.trim() && { name }) } });
        if (answer.ok) toast.success('已提出，办结后在这里看到答复');
        await queries.invalidateQueries({ queryKey: ['data-requests'] });
        return answer;
      }}
    >
      {kind === 'erasure' ? (
        <p>
          办结后立刻不能登录；三年后清除资料和号码。已经提交的申报是科技档案，依规定保存。担任其他角色的，须先交接。
        </p>
      ) : (
        <Field label="姓名应为" help="要改的不是姓名，就不填。">
          {(slots) => (
            <Input {...slots} value={name} maxLength={50} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
      )}
    </ReasonDialog>
  );
}
