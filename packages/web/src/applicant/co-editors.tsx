import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, ConfirmDialog, Loaded, Panel, RefusalNotice, Select } from '../kit/index.ts';
import { dayOf } from '../text/beijing-time.ts';
import { useOpenApplication } from './application-context.ts';
import { useSharing, type Sharing } from './drafts.ts';

/** 一起填写的人: whom the applicant lets write the application, too. */
export function CoEditors() {
  const { application } = useOpenApplication();
  const sharing = useSharing(application.id);
  return (
    <Panel
      title="一起填写的人"
      note="可以请本单位的其他申报人一起填写、上传附件；提交和撤回仍由申报人本人办理。两个人改了同一处时，两边的内容并排列出，由保存的人选择。"
    >
      <Loaded query={sharing} rows={1}>
        {(value) => <People sharing={value} />}
      </Loaded>
    </Panel>
  );
}

function People({ sharing: { items, mine, candidates } }: { sharing: Sharing }) {
  const { application } = useOpenApplication();
  const [chosen, setChosen] = useState<string>();
  const [ending, setEnding] = useState<Sharing['items'][number]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const queries = useQueryClient();
  const change = async (method: 'PUT' | 'DELETE', personId: string) => {
    const answer = await call<undefined>(method, `/applications/${application.id}/co-editors/${personId}`);
    if (answer.ok) {
      setChosen(undefined);
      await queries.invalidateQueries({ queryKey: ['application', application.id, 'co-editors'] });
    }
    return answer;
  };
  const add = async (personId: string) => {
    const answer = await change('PUT', personId);
    setRefusal(answer.ok ? undefined : answer.refusal);
  };
  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} />}
      {items.length === 0 && <p className="ks-none">目前只有申报人{application.applicantName}一人填写。</p>}
      <ul className="ka-coeditors">
        {items.map((one) => (
          <li key={one.personId}>
            <span>
              <strong>{one.name}</strong> {dayOf(one.grantedAt)}起
            </span>
            {mine && (
              <Button size="small" aria-label={`不再请${one.name}一起填写`} onClick={() => setEnding(one)}>
                取消
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mine && candidates.length > 0 && (
        <div className="ks-actions">
          <Select
            aria-label="请谁一起填写"
            placeholder="选择本单位的申报人"
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: 240 }}
            value={chosen ?? null}
            onChange={(personId) => setChosen(personId ?? undefined)}
            options={candidates.map(({ personId, name }) => ({ value: personId, label: name }))}
          />
          <Button disabled={!chosen} onClick={() => chosen && void add(chosen)}>
            请他一起填写
          </Button>
        </div>
      )}
      {mine && candidates.length === 0 && items.length === 0 && (
        <p className="ks-panel__note">本单位没有别的申报人账号，需要的请单位管理员发放。</p>
      )}
      <ConfirmDialog
        title={`不再请${ending?.name ?? ''}一起填写？`}
        confirm="取消权限"
        danger
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        onConfirm={() => change('DELETE', ending?.personId ?? '')}
      >
        <p>他写的内容都留着，修改记录里仍记在他名下；以后他看不到也改不了这份申报书。</p>
      </ConfirmDialog>
    </>
  );
}
