import { normaliseCreditCode } from '@keshen/rules';
import type { Authority, Registrable } from '../api/types.ts';
import { PaperUpload } from '../profile/paper-upload.tsx';
import { RoutingFields } from '../profile/routing-fields.tsx';
import { DateInput, Field, Input, Radio, Select } from '../kit/index.ts';
import { creditCodeSoFar, nearestDivision, type Draft, type Faults } from './registration.ts';

type Props = { draft: Draft; change: (part: Partial<Draft>) => void; faults: Faults };

export function AuthorityField({ draft, change, faults, authorities }: Props & { authorities: Authority[] }) {
  return (
    <div className="ks-two">
      <Field label="科技主管部门" required error={faults.authorityId}>
        {(slots) => (
          <Select
            {...slots}
            placeholder="请选择"
            {...(draft.authorityId ? { value: draft.authorityId } : {})}
            options={authorities.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(authorityId: string) =>
              change({ authorityId, departmentId: '', supervisorId: null, zoneId: null })
            }
          />
        )}
      </Field>
    </div>
  );
}

type DepartmentProps = Props & { authority: Authority; label: string };

/** Only where no table says which department it is. */
export function DepartmentField({ draft, change, faults, authority, label }: DepartmentProps) {
  return (
    <div className="ks-two">
      <Field
        label={label}
        required
        help="归口管理、推荐本单位项目的部门；它先审核本单位的注册。"
        error={faults.departmentId}
      >
        {(slots) => (
          <Select
            {...slots}
            placeholder="请选择，可输入名称查找"
            showSearch={{ optionFilterProp: 'label' }}
            {...(draft.departmentId ? { value: draft.departmentId } : {})}
            options={authority.departments.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(departmentId: string) => change({ departmentId })}
          />
        )}
      </Field>
    </div>
  );
}

type Chosen = { choices: Registrable; authority: Authority | undefined };

export function OrganisationFields({ draft, change, faults, choices, authority }: Props & Chosen) {
  const code = creditCodeSoFar(draft.uscc);
  const typeCode = (uscc: string) => {
    const normal = normaliseCreditCode(uscc);
    const before = nearestDivision(normaliseCreditCode(draft.uscc).slice(2, 8), choices.divisions);
    // Positions 3–8 are the division of the registering authority; what somebody typed over it stays.
    const follows = draft.division === '' || draft.division === before;
    const division = nearestDivision(normal.slice(2, 8), choices.divisions);
    change({ uscc, ...(follows ? { division } : {}) });
  };
  return (
    <div className="ks-two">
      <Field
        label="统一社会信用代码"
        required
        help={code.state === 'typing' || code.state === 'valid' ? code.say : '18 位，见营业执照或法人证书。'}
        error={code.state === 'invalid' ? code.say : faults.uscc}
      >
        {(slots) => (
          <Input
            {...slots}
            value={draft.uscc}
            status={code.state === 'invalid' ? 'error' : ''}
            autoComplete="off"
            spellCheck={false}
            maxLength={30}
            onChange={(event) => typeCode(event.target.value)}
          />
        )}
      </Field>
      <Text {...{ draft, change, faults }} field="name" label="单位名称" help="与公章一致的全称。" />
      <Field label="单位类型" required error={faults.kind}>
        {(slots) => (
          <Select
            {...slots}
            placeholder="请选择"
            {...(draft.kind ? { value: draft.kind } : {})}
            options={choices.organisationKinds}
            onChange={(kind: string) => change({ kind, universityLevel: null, firstLevelBudget: null })}
          />
        )}
      </Field>
      <fieldset className="ks-field ks-fieldset" aria-describedby="legal-person-help">
        <legend className="ks-field__label">
          是否独立法人<span className="ks-required">必填</span>
        </legend>
        <Radio.Group
          {...(draft.legalPerson === undefined ? {} : { value: draft.legalPerson })}
          options={[
            { value: true, label: '是' },
            { value: false, label: '否' },
          ]}
          onChange={(event) => change({ legalPerson: event.target.value === true })}
        />
        <p className="ks-field__help" id="legal-person-help">
          分公司、分院、内设机构不是独立法人。
        </p>
        {faults.legalPerson && <p className="ks-field__error">{faults.legalPerson}</p>}
      </fieldset>
      <Field label="注册日期" required help="证照上的成立（设立）日期。" error={faults.registeredOn}>
        {(slots) => (
          <DateInput
            {...slots}
            name="注册日期"
            value={draft.registeredOn}
            onChange={(registeredOn) => change(registeredOn ? { registeredOn } : { registeredOn: '' })}
          />
        )}
      </Field>
      <Field label="注册地" required help="由信用代码第 3 至 8 位带出；迁址的改为现址。" error={faults.division}>
        {(slots) => (
          <Select
            {...slots}
            placeholder="请选择，可输入名称查找"
            showSearch={{ optionFilterProp: 'label' }}
            {...(draft.division ? { value: draft.division } : {})}
            options={choices.divisions.map(({ code: value, name }) => ({ value, label: name }))}
            onChange={(division: string) => change({ division, zoneId: null })}
          />
        )}
      </Field>
      <RoutingFields {...{ change, faults, choices, authority }} facts={draft} />
      <Text {...{ draft, change, faults }} field="address" label="通信地址" />
      <Text {...{ draft, change, faults }} field="legalRepresentative" label="法定代表人" />
      <Text {...{ draft, change, faults }} field="contactName" label="联系人" />
      <Text {...{ draft, change, faults }} field="contactPhone" label="联系电话" />
    </div>
  );
}

const PAPERS = [
  ['licence', '营业执照或法人证书', '企业交营业执照，事业单位交法人证书，其他单位交登记证书。PDF 或照片，10 MB 以内。'],
  ['representativeLetter', '管理员授权书', '写明由谁做单位管理员，法定代表人签字、加盖公章。PDF 或照片，10 MB 以内。'],
] as const;

export function PaperFields({ draft, change, faults }: Props) {
  return (
    <div className="ks-two">
      {PAPERS.map(([kind, title, help]) => (
        <PaperUpload
          key={kind}
          {...{ kind, title, help }}
          path="/registration-documents"
          query={{ authorityId: draft.authorityId ?? '' }}
          disabled={!draft.authorityId}
          stored={draft[kind]}
          error={faults[kind]}
          onStored={(paper) => change({ [kind]: paper })}
        />
      ))}
    </div>
  );
}

export function AdministratorFields({ draft, change, faults }: Props) {
  return (
    <div className="ks-two">
      <Text {...{ draft, change, faults }} field="administratorName" label="管理员姓名" />
      <Text
        {...{ draft, change, faults }}
        field="login"
        label="登录名"
        help="字母开头，3 至 50 个字母、数字或 . _ - @，例如姓名的拼音。"
      />
      <Field label="密码" required help="至少 10 个字符，可用几个不相干的词连成一句。" error={faults.password}>
        {(slots) => (
          <Input.Password
            {...slots}
            autoComplete="new-password"
            value={draft.password}
            onChange={(event) => change({ password: event.target.value })}
          />
        )}
      </Field>
      <Field label="再输一遍密码" required error={faults.passwordAgain}>
        {(slots) => (
          <Input.Password
            {...slots}
            autoComplete="new-password"
            value={draft.passwordAgain}
            onChange={(event) => change({ passwordAgain: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

type TextField =
  'name' | 'address' | 'legalRepresentative' | 'contactName' | 'contactPhone' | 'login' | 'administratorName';

function Text({
  draft,
  change,
  faults,
  field,
  label,
  help,
}: Props & { field: TextField; label: string; help?: string }) {
  return (
    <Field label={label} required help={help} error={faults[field]}>
      {(slots) => (
        <Input
          {...slots}
          name={field}
          value={draft[field]}
          maxLength={200}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
}
