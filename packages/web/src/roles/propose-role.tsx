import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Field, ReasonDialog, Select, useToast } from '../kit/index.ts';
import { type HousePerson, usePlacesOfHouse } from './queries.ts';

const OF_THE_HOUSE = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];

/** Which role, where and why; it is held once a second security administrator has approved. */
export function ProposeRole({ person, open, onClose }: { person: HousePerson; open: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const toast = useToast();
  const places = usePlacesOfHouse();
  const [role, setRole] = useState<string>();
  const [authorityId, setAuthority] = useState<string>();
  const [departmentId, setDepartment] = useState<string>();
  const ofHouse = role !== undefined && OF_THE_HOUSE.includes(role);
  const named = (items: readonly { id: string; name: string }[] = []) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  const propose = async (reason: string) => {
    const body = {
      personId: person.id,
      role,
      reason,
      ...(!ofHouse && authorityId && { authorityId }),
      ...(role === 'recommendingDepartment' && departmentId && { departmentId }),
    };
    const answer = await call('POST', '/roles/proposals', { body });
    if (answer.ok) toast.success('已提出，待另一位安全管理员批准');
    await queries.invalidateQueries({ queryKey: ['roles'] });
    return answer;
  };
  return (
    <ReasonDialog
      title={`授予角色：${person.name}`}
      confirm="提出"
      label="依据"
      help="例如任职文件的文号；批准的人会看到，记入日志。"
      open={open}
      onClose={onClose}
      onConfirm={propose}
    >
      <Field label="角色" required>
        {(slots) => (
          <Select
            {...slots}
            value={role ?? null}
            placeholder="请选择"
            options={(places.data?.roles ?? []).map(({ role: value, label }) => ({ value: value as string, label }))}
            onChange={(next: string) => {
              setRole(next);
              setDepartment(undefined);
            }}
          />
        )}
      </Field>
      {role && !ofHouse && (
        <Field label="科技厅" required>
          {(slots) => (
            <Select
              {...slots}
              value={authorityId ?? null}
              placeholder="请选择"
              options={named(places.data?.authorities)}
              onChange={(next: string) => {
                setAuthority(next);
                setDepartment(undefined);
              }}
            />
          )}
        </Field>
      )}
      {role === 'recommendingDepartment' && authorityId && (
        <Field label="推荐部门" required>
          {(slots) => (
            <Select
              {...slots}
              showSearch
              optionFilterProp="label"
              value={departmentId ?? null}
              placeholder="可输入名称查找"
              options={named(places.data?.departments.filter((one) => one.authorityId === authorityId))}
              onChange={setDepartment}
            />
          )}
        </Field>
      )}
    </ReasonDialog>
  );
}
