import { useRef, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { call } from '../api/client.ts';
import { useAuthorities } from '../api/queries.ts';
import type { Refusal, Registrable } from '../api/types.ts';
import { Button, Loaded, Page, Panel, RefusalNotice } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';
import { type OpenRoutes, type RoutingAsked, useRoutingPreview } from '../api/organisations.ts';
import { CallRoutes, ReviewerLine } from '../profile/routes-view.tsx';
import {
  AdministratorFields,
  AuthorityField,
  DepartmentField,
  OrganisationFields,
  PaperFields,
} from './register-fields.tsx';
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
  const [done, setDone] = useState<Done>();
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
    const answer = await call<{ departmentName: string }>('POST', '/organisations', { body: registrationOf(draft) });
    setBusy(false);
    if (answer.ok) setDone({ name: draft.name.trim(), department: answer.value.departmentName, login: draft.login });
    else setRefusal(answer.refusal);
  };

  const authority = authorities.find((candidate) => candidate.id === draft.authorityId);
  const preview = useRoutingPreview(authority?.routing && askedOf(draft)).data;
  // Without a table, or where the table has no department for this organisation, it is named.
  const chooses = authority && (!authority.routing || (preview !== undefined && isStuck(preview.registration)));
  if (done) return <Registered {...done} />;
  const fields = { draft, change, faults };
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <Panel title="向谁申报">
        <AuthorityField {...fields} authorities={authorities} />
      </Panel>
      <Panel title="单位">
        <OrganisationFields {...fields} choices={choices} authority={authority} />
      </Panel>
      {authority && (
        <Panel title="由谁审核、谁推荐" note="按通知里的规定，由注册地、单位类型和隶属关系确定；填写时随时更新。">
          {authority.routing && <ReviewerLine found={preview?.registration ?? NOT_ASKED} />}
          {chooses && <DepartmentField {...fields} authority={authority} label="推荐部门" />}
          {preview && preview.registration.routes.length > 0 && preview.calls.length > 0 && (
            <>
              <h3>审核通过后，项目由谁推荐</h3>
              <CallRoutes calls={preview.calls} />
            </>
          )}
        </Panel>
      )}
      <Panel title="证明材料">
        <PaperFields {...fields} />
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

/** What routing is asked with; undefined until there is a place to ask for. */
function askedOf(draft: Draft): RoutingAsked | undefined {
  const { authorityId, division, kind = '', legalPerson = true } = draft;
  const { affiliation, universityLevel, firstLevelBudget, supervisorId, zoneId } = draft;
  if (!authorityId || division === '') return undefined;
  const facts = { affiliation, universityLevel, firstLevelBudget, supervisorId, zoneId };
  // The name decides only where a call lists organisations; it is not asked again with every letter.
  return { authorityId, name: '', division, kind, legalPerson, ...facts };
}

/** Before there is a place to ask for. */
const NOT_ASKED: OpenRoutes = { routes: [], missing: [] };
const isStuck = ({ routes, missing }: OpenRoutes): boolean => routes.length === 0 && missing.length === 0;

type Done = { name: string; department: string; login: string };

function Registered({ name, department, login }: Done) {
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
