import { useRef, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { call } from '../api/client.ts';
import { useAuthorities } from '../api/queries.ts';
import type { Refusal, Registrable } from '../api/types.ts';
import { Button, Loaded, Page, Panel, RefusalNotice } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';
import { AdministratorFields, DepartmentFields, OrganisationFields } from './register-fields.tsx';
import { EMPTY, faultsOf, FIELDS, registrationOf, type Draft, type Faults } from './registration.ts';

export default function RegisterPage() {
  const authorities = useAuthorities();
  return (
    <Door>
      <Page
        title="单位注册"
        lead="一个单位注册一次，由单位管理员办理。注册经主管部门审核后，管理员给本单位申报人分配账号。"
        back={{ to: '/sign-in', label: '登录' }}
      >
        <Loaded query={authorities}>{(choices) => <RegisterForm choices={choices} />}</Loaded>
      </Page>
    </Door>
  );
}

function RegisterForm({ choices }: { choices: Registrable }) {
  const authorities = choices.items;
  const only = authorities.length === 1 ? authorities[0] : undefined;
  const [draft, setDraft] = useState<Draft>(only ? { ...EMPTY, authorityId: only.id } : EMPTY);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<string>();
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const faults: Faults = asked ? faultsOf(draft) : {};
  const refused = refusal?.where && fieldOf(refusal.where);
  if (refused && refusal) faults[refused] ??= refusal.message;

  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setRefusal(undefined);
    if (Object.keys(faultsOf(draft)).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    const answer = await call('POST', '/organisations', { body: registrationOf(draft) });
    setBusy(false);
    if (answer.ok) setDone(draft.name.trim());
    else setRefusal(answer.refusal);
  };

  const authority = authorities.find((candidate) => candidate.id === draft.authorityId);
  const department = authority?.departments.find((candidate) => candidate.id === draft.departmentId);
  if (done) return <Registered name={done} department={department?.name ?? '主管部门'} login={draft.login} />;
  const fields = { draft, change, faults };
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <Panel title="向谁申报">
        <DepartmentFields {...fields} authorities={authorities} />
      </Panel>
      <Panel title="单位">
        <OrganisationFields {...fields} choices={choices} />
      </Panel>
      <Panel title="单位管理员" note="一个单位一个管理员账号。管理员审核、上报本单位的申报书，自己不能申报。">
        <AdministratorFields {...fields} />
      </Panel>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Button type="primary" size="large" htmlType="submit" loading={busy}>
        提交注册
      </Button>
    </form>
  );
}

/** The server names nested fields by path; the form is flat. */
function fieldOf(where: string): keyof Draft | undefined {
  if (where === 'administrator.name') return 'administratorName';
  const last = where.slice(where.lastIndexOf('.') + 1);
  return FIELDS.find((field) => field === last);
}

function Registered({ name, department, login }: { name: string; department: string; login: string }) {
  return (
    <Panel title="注册已提交">
      <p>
        {name} 的注册已送 {department} 审核。审核通过后，用登录名 <strong>{login}</strong>{' '}
        登录，就可以给申报人分配账号。
      </p>
      <p style={{ marginTop: 16 }}>
        <Link to="/sign-in">去登录，查看审核结果</Link>
      </p>
    </Panel>
  );
}
