import type { RoutingFacts } from '../api/routing-types.ts';
import type { Authority, Registrable } from '../api/types.ts';
import { Field, Radio, Select } from '../kit/index.ts';

type Props = {
  facts: RoutingFacts & { kind?: string; division: string };
  change: (part: Partial<RoutingFacts>) => void;
  faults: Partial<Record<string, string>>;
  authority: Authority | undefined;
  choices: Registrable;
};

/** What the authority's tables ask beside kind and place; only what matters for the answers given so far. */
export function RoutingFields({ facts, change, faults, authority, choices }: Props) {
  const routing = authority?.routing;
  if (!routing) return null;
  const asks = (fact: string) => routing.facts.some((asked) => asked === fact);
  const departmentsOf = (kinds: string[]) => (authority?.departments ?? []).filter(({ kind }) => kinds.includes(kind));
  const near = departmentsOf(routing.zoneKinds).filter(
    ({ division }) => facts.division !== '' && division.slice(0, 4) === facts.division.slice(0, 4),
  );
  const affiliated = facts.affiliation === 'regional' && routing.supervisorKinds.length > 0;
  const budget =
    asks('firstLevelBudget') &&
    facts.affiliation === 'regional' &&
    ['university', 'researchInstitute'].includes(facts.kind ?? '');
  return (
    <>
      {(asks('affiliation') || routing.supervisorKinds.length > 0) && (
        <Field label="隶属关系" required error={faults['affiliation']}>
          {(slots) => (
            <Select
              {...slots}
              placeholder="请选择"
              {...(facts.affiliation ? { value: facts.affiliation } : {})}
              options={choices.affiliations}
              onChange={(affiliation: string) => change({ affiliation, supervisorId: null, firstLevelBudget: null })}
            />
          )}
        </Field>
      )}
      {affiliated && (
        <Field label="主管部门" required help="列表里没有的，请联系科技主管部门补充。" error={faults['supervisorId']}>
          {(slots) => (
            <Select
              {...slots}
              placeholder="请选择，可输入名称查找"
              showSearch={{ optionFilterProp: 'label' }}
              {...(facts.supervisorId ? { value: facts.supervisorId } : {})}
              options={departmentsOf(routing.supervisorKinds).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(supervisorId: string) => change({ supervisorId })}
            />
          )}
        </Field>
      )}
      {asks('universityLevel') && facts.kind === 'university' && (
        <Field label="高校类别" required error={faults['universityLevel']}>
          {(slots) => (
            <Select
              {...slots}
              placeholder="请选择"
              {...(facts.universityLevel ? { value: facts.universityLevel } : {})}
              options={choices.universityLevels}
              onChange={(universityLevel: string) => change({ universityLevel })}
            />
          )}
        </Field>
      )}
      {budget && (
        <fieldset className="ks-field ks-fieldset">
          <legend className="ks-field__label">
            是否省级（自治区）一级预算单位<span className="ks-required">必填</span>
          </legend>
          <Radio.Group
            value={facts.firstLevelBudget}
            options={[
              { value: true, label: '是' },
              { value: false, label: '否' },
            ]}
            onChange={(event) => change({ firstLevelBudget: event.target.value === true })}
          />
          <p className="ks-field__help">部门预算直接报财政厅的是一级预算单位，可以问本单位财务部门。</p>
          {faults['firstLevelBudget'] && <p className="ks-field__error">{faults['firstLevelBudget']}</p>}
        </fieldset>
      )}
      {near.length > 0 && (
        <Field label="所在园区" help="注册地址在园区范围以内的才选。" error={faults['zoneId']}>
          {(slots) => (
            <Select
              {...slots}
              value={facts.zoneId ?? ''}
              options={[
                { value: '', label: '不在园区内' },
                ...near.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(zoneId: string) => change({ zoneId: zoneId || null })}
            />
          )}
        </Field>
      )}
    </>
  );
}
