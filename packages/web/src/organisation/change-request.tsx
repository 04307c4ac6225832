import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Paper, RoutedOrganisation } from '../api/organisations.ts';
import type { RoutingFacts } from '../api/routing-types.ts';
import { useRoutingPreview } from '../api/organisations.ts';
import { useAuthorities } from '../api/queries.ts';
import type { Refusal, Registrable } from '../api/types.ts';
import { Button, DateInput, Field, Input, Loaded, Page, Panel, RefusalNotice, Select, useToast } from '../kit/index.ts';
import { PaperUpload } from '../profile/paper-upload.tsx';
import { ReviewerLine } from '../profile/routes-view.tsx';
import { RoutingFields } from '../profile/routing-fields.tsx';

type Props = { organisation: RoutedOrganisation; onDone: () => void };

const KEYS = [
  'name',
  'kind',
  'legalPerson',
  'registeredOn',
  'division',
  'address',
  'legalRepresentative',
  'affiliation',
  'universityLevel',
  'firstLevelBudget',
  'supervisorId',
  'zoneId',
] as const;
type Draft = Pick<RoutedOrganisation, (typeof KEYS)[number]>;

/** Asks the department for a change; what was approved holds until it has approved this one. */
export function ChangeRequest(props: Props) {
  return (
    <Page title="申请变更单位信息" width="text">
      <Loaded query={useAuthorities()}>{(choices) => <Form {...props} choices={choices} />}</Loaded>
    </Page>
  );
}

function Form({ organisation, onDone, choices }: Props & { choices: Registrable }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState<Draft>(organisation);
  const [reason, setReason] = useState('');
  const [paper, setPaper] = useState<Paper>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const authority = choices.items.find(({ departments }) =>
    departments.some(({ id }) => id === organisation.departmentId),
  );
  const changed = KEYS.filter((key) => (draft[key] ?? null) !== (organisation[key] ?? null));
  const preview = useRoutingPreview(
    authority?.routing && changed.length > 0 ? askedOf(authority.id, draft) : undefined,
  ).data;
  const faults = refusal?.where ? { [refusal.where]: refusal.message } : {};
  const send = async () => {
    setBusy(true);
    setRefusal(undefined);
    const fields = Object.fromEntries(changed.map((key) => [key, draft[key]]));
    const body = { fields, reason, documents: paper ? [paper.id] : [] };
    const answer = await call('POST', '/organisation/changes', { body });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    await queries.invalidateQueries({ queryKey: ['organisations'] });
    toast.success('变更已送审');
    onDone();
  };
  const text = (key: 'name' | 'address' | 'legalRepresentative', label: string) => (
    <Field label={label} error={faults[key]}>
      {(slots) => (
        <Input
          {...slots}
          value={draft[key]}
          maxLength={200}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <Panel title="改成什么" note="只改要变的；信用代码变了的是另一个单位，请重新注册。">
        <div className="ks-two">
          {text('name', '单位名称')}
          {text('legalRepresentative', '法定代表人')}
          <Field label="单位类型" error={faults['kind']}>
            {(slots) => (
              <Select
                {...slots}
                value={draft.kind}
                options={choices.organisationKinds}
                onChange={(kind: string) => change({ kind, universityLevel: null, firstLevelBudget: null })}
              />
            )}
          </Field>
          <Field label="注册地" error={faults['division']}>
            {(slots) => (
              <Select
                {...slots}
                showSearch={{ optionFilterProp: 'label' }}
                value={draft.division}
                options={choices.divisions.map(({ code: value, name }) => ({ value, label: name }))}
                onChange={(division: string) => change({ division, zoneId: null })}
              />
            )}
          </Field>
          <Field label="注册日期" error={faults['registeredOn']}>
            {(slots) => (
              <DateInput
                {...slots}
                name="注册日期"
                value={draft.registeredOn}
                onChange={(registeredOn) => change({ registeredOn: registeredOn ?? '' })}
              />
            )}
          </Field>
          <RoutingFields facts={draft} {...{ change, faults, authority, choices }} />
          {text('address', '通信地址')}
        </div>
        {preview && <ReviewerLine found={preview.registration} />}
      </Panel>
      <Panel title="理由和证明">
        <Field label="变更的理由" required error={faults['reason']} help="例如：更名批复的文号、法定代表人任免文件。">
          {(slots) => (
            <Input.TextArea
              {...slots}
              rows={3}
              maxLength={1000}
              showCount
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <PaperUpload
          title="变更证明材料"
          kind="changeProof"
          help="新的证照、批复或任免文件，PDF 或照片，10 MB 以内。"
          path="/organisation/documents"
          stored={paper}
          onStored={setPaper}
        />
      </Panel>
      {refusal && <RefusalNotice refusal={refusal} />}
      <div className="ks-actions">
        <Button
          type="primary"
          loading={busy}
          disabled={changed.length === 0 || reason.trim() === ''}
          onClick={() => void send()}
        >
          送审
        </Button>
        <Button onClick={onDone}>不改了</Button>
      </div>
    </>
  );
}

const askedOf = (authorityId: string, draft: Draft & RoutingFacts) => ({
  authorityId,
  name: '',
  division: draft.division,
  kind: draft.kind,
  legalPerson: draft.legalPerson,
  affiliation: draft.affiliation,
  universityLevel: draft.universityLevel,
  firstLevelBudget: draft.firstLevelBudget,
  supervisorId: draft.supervisorId,
  zoneId: draft.zoneId,
});
