import { Link } from 'react-router';
import { useOrganisation } from '../api/queries.ts';
import { Checkbox, Facts, Loaded, Panel } from '../kit/index.ts';
import { factsOf } from '../profile/facts-of.ts';
import { useOwnProfile } from '../profile/queries.ts';
import { ProfileTag } from '../profile/states.tsx';

export const CONFIRM_ITEMS = ['organisation', 'department', 'applicant'] as const;
export type ConfirmItem = (typeof CONFIRM_ITEMS)[number];

type Props = {
  organisationId: string;
  department: string;
  /** The department that was chosen, where the call leaves a choice. */
  departmentName: string | undefined;
  clause: string;
  confirmed: readonly ConfirmItem[];
  onChange: (confirmed: ConfirmItem[]) => void;
};

/** Where a notice wants it: the organisation's name, the recommending department and the applicant, each looked at and ticked. */
export function ConfirmItems({ organisationId, department, departmentName, clause, confirmed, onChange }: Props) {
  const organisation = useOrganisation(organisationId);
  const profile = useOwnProfile();
  const tick = (item: ConfirmItem, label: string) => (
    <Checkbox
      checked={confirmed.includes(item)}
      onChange={(event) =>
        onChange(event.target.checked ? [...confirmed, item] : confirmed.filter((one) => one !== item))
      }
    >
      {label}
    </Checkbox>
  );
  return (
    <Panel
      title="逐项确认"
      note={`依据：通知${clause}。确认无误以后才能新建；单位和推荐单位不对的，请单位管理员更正。`}
    >
      <Loaded query={organisation}>
        {(found) => (
          <>
            <Facts items={[['单位名称', found.name]]} />
            {tick('organisation', '单位名称无误')}
            <Facts items={[[department, departmentName ?? found.departmentName]]} />
            {tick('department', `${department}无误`)}
          </>
        )}
      </Loaded>
      <Loaded query={profile}>
        {(found) => {
          const state = found.organisations.find(({ id }) => id === organisationId)?.state ?? 'none';
          return (
            <>
              <p>
                申报人信息 <ProfileTag state={state} /> <Link to="/profile">到“个人资料”填写或修改</Link>
              </p>
              <Facts items={[['姓名', found.name] as const, ...factsOf(found.fields, found.data)]} />
              {tick('applicant', '申报人信息无误')}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
