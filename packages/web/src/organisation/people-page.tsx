import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { usePeople } from '../api/queries.ts';
import type { OrganisationPerson } from '../api/types.ts';
import { AddIcon, Button, ConfirmDialog, DataTable, EmptyState, Loaded, Page, Panel, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { HandOut } from './hand-out.tsx';

const ROLE_LABEL = { applicant: '申报人', organisationAdministrator: '单位管理员' } as const;

export default function PeoplePage() {
  const people = usePeople();
  const [handing, setHanding] = useState(false);
  return (
    <Page
      title="账号管理"
      lead="给本单位的申报人分配账号。人员离开时停用，他的申报书仍在。"
      actions={
        <Button type="primary" icon={<AddIcon aria-hidden />} onClick={() => setHanding(true)}>
          分配账号
        </Button>
      }
    >
      <Panel>
        <Loaded query={people}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="还没有账号">点“分配账号”给申报人开第一个账号。</EmptyState>
            ) : (
              <People people={items} />
            )
          }
        </Loaded>
      </Panel>
      <HandOut open={handing} onClose={() => setHanding(false)} />
    </Page>
  );
}

function People({ people }: { people: OrganisationPerson[] }) {
  const [changing, setChanging] = useState<OrganisationPerson>();
  const queries = useQueryClient();
  const disabled = Boolean(changing?.disabledAt);
  return (
    <>
      <DataTable
        caption="本单位的账号"
        rows={people}
        rowKey={(person) => person.id}
        head="name"
        columns={[
          { key: 'name', title: '姓名', render: (person) => person.name },
          { key: 'login', title: '登录名', render: (person) => person.login },
          { key: 'role', title: '角色', render: (person) => ROLE_LABEL[person.role] },
          { key: 'createdAt', title: '分配时间', render: (person) => momentOf(person.createdAt) },
          {
            key: 'state',
            title: '状态',
            render: (person) =>
              person.disabledAt ? (
                <Tag tone="bad">{momentOf(person.disabledAt)} 停用</Tag>
              ) : (
                <Tag tone="good">可用</Tag>
              ),
          },
          {
            key: 'tools',
            title: '操作',
            render: (person) =>
              person.role === 'applicant' && (
                <Button
                  size="small"
                  aria-label={`${person.disabledAt ? '恢复' : '停用'} ${person.name}`}
                  onClick={() => setChanging(person)}
                >
                  {person.disabledAt ? '恢复' : '停用'}
                </Button>
              ),
          },
        ]}
      />
      <ConfirmDialog
        title={`${disabled ? '恢复' : '停用'}账号：${changing?.name ?? ''}`}
        confirm={disabled ? '恢复' : '停用'}
        danger={!disabled}
        open={changing !== undefined}
        onClose={() => setChanging(undefined)}
        onConfirm={async () => {
          const answer = await call('POST', `/organisation/people/${changing?.id}/${disabled ? 'enable' : 'disable'}`);
          await queries.invalidateQueries({ queryKey: ['people'] });
          return answer;
        }}
      >
        <p>{disabled ? '恢复后他又可以登录、填报。' : '停用后他立刻不能登录，正在填的内容仍保留。'}</p>
      </ConfirmDialog>
    </>
  );
}
