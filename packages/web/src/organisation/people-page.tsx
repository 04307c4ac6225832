import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { usePeople } from '../api/queries.ts';
import type { OrganisationPerson } from '../api/types.ts';
import {
  AddIcon,
  Button,
  Checkbox,
  ConfirmDialog,
  DataTable,
  EmptyState,
  Loaded,
  Page,
  Panel,
  Tag,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { HandOut } from './hand-out.tsx';
import { HandedOver, type Handed, type WithLink } from './handed-over.tsx';

const ROLE_LABEL = {
  applicant: '申报人',
  organisationReviewer: '单位初核人',
  organisationAdministrator: '单位管理员',
} as const;

const CHANGES = {
  disable: { label: '停用', danger: true, say: '停用后他立刻不能登录，已填的内容仍保留。' },
  enable: { label: '恢复', danger: false, say: '恢复后他又可以登录、填报。' },
  'reset-password': {
    label: '重置密码',
    danger: false,
    say: '原密码作废，他在各处的登录都退出；会给您一个一次性链接交给本人，由他重设密码。',
  },
} as const;
type Change = keyof typeof CHANGES;

export default function PeoplePage() {
  const people = usePeople();
  const [handing, setHanding] = useState(false);
  const [handed, setHanded] = useState<Handed>();
  const [changing, setChanging] = useState<{ person: OrganisationPerson; change: Change }>();
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
              <People people={items} onChange={(person, change) => setChanging({ person, change })} />
            )
          }
        </Loaded>
      </Panel>
      <HandOut open={handing} onClose={() => setHanding(false)} onHanded={setHanded} />
      <ChangeDialog changing={changing} onClose={() => setChanging(undefined)} onHanded={setHanded} />
      <HandedOver handed={handed} onClose={() => setHanded(undefined)} />
    </Page>
  );
}

type PeopleProps = { people: OrganisationPerson[]; onChange: (person: OrganisationPerson, change: Change) => void };

function People({ people, onChange }: PeopleProps) {
  return (
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
            person.disabledAt ? <Tag tone="bad">{momentOf(person.disabledAt)} 停用</Tag> : <Tag tone="good">可用</Tag>,
        },
        {
          key: 'tools',
          title: '操作',
          render: (person) =>
            person.role !== 'organisationAdministrator' && (
              <span className="ks-actions">
                {((person.disabledAt ? ['enable'] : ['reset-password', 'disable']) as Change[]).map((change) => (
                  <Button
                    key={change}
                    size="small"
                    aria-label={`${CHANGES[change].label} ${person.name}`}
                    onClick={() => onChange(person, change)}
                  >
                    {CHANGES[change].label}
                  </Button>
                ))}
              </span>
            ),
        },
      ]}
    />
  );
}

type ChangeProps = {
  changing: { person: OrganisationPerson; change: Change } | undefined;
  onClose: () => void;
  onHanded: (handed: Handed) => void;
};

function ChangeDialog({ changing, onClose, onHanded }: ChangeProps) {
  const queries = useQueryClient();
  const { label, danger, say } = CHANGES[changing?.change ?? 'disable'];
  const resets = changing?.change === 'reset-password';
  const [withoutSecondFactor, setWithout] = useState(false);
  const close = () => {
    setWithout(false);
    onClose();
  };
  const run = async () => {
    const path = `/organisation/people/${changing?.person.id}/${changing?.change}`;
    const answer = await call<WithLink | undefined>('POST', path, resets ? { body: { withoutSecondFactor } } : {});
    if (answer.ok && answer.value && changing)
      onHanded({ name: changing.person.name, login: changing.person.login, ...answer.value });
    await queries.invalidateQueries({ queryKey: ['people'] });
    return answer;
  };
  return (
    <ConfirmDialog
      title={`${label}：${changing?.person.name ?? ''}`}
      confirm={label}
      danger={danger}
      open={changing !== undefined}
      onClose={close}
      onConfirm={run}
    >
      <p>{say}</p>
      {resets && (
        <Checkbox checked={withoutSecondFactor} onChange={(event) => setWithout(event.target.checked)}>
          他的手机和恢复码都丢了：同时解除两步验证（请先当面核实是他本人）
        </Checkbox>
      )}
    </ConfirmDialog>
  );
}
