import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useLockedChanges } from '../api/review-queries.ts';
import type { LockedChanges as Changes, LockedField } from '../api/review-types.ts';
import {
  Button,
  ConfirmDialog,
  Field,
  Input,
  Loaded,
  Panel,
  ReasonDialog,
  Select,
  Tag,
  useToast,
} from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';
import { momentOf } from '../text/beijing-time.ts';

const FIELDS: Record<LockedField, string> = {
  title: '项目名称',
  organisation: '申报单位',
  principalInvestigator: '项目负责人',
};

/** What the admission locked, the exceptions asked for, and the two persons' consent. */
export function LockedChanges({ applicationId }: { applicationId: string }) {
  const changes = useLockedChanges(applicationId);
  const [changing, setChanging] = useState<LockedField>();
  return (
    <Panel id="locked" title="受理后锁定的事项">
      <Loaded query={changes} rows={2}>
        {(found) => (
          <>
            <ul className="kw-notes">
              {found.locked.map(({ field, now, clause, forbidden }) => (
                <li key={field}>
                  <strong>{FIELDS[field]}</strong>：{now || '—'}{' '}
                  {clause && <span className="ks-clause">通知{clause.at}</span>}
                  {forbidden ? (
                    <p className="ks-none">受理后不能更改，没有例外。</p>
                  ) : (
                    <Button
                      size="small"
                      type="link"
                      aria-label={`变更${FIELDS[field]}`}
                      onClick={() => setChanging(field)}
                    >
                      提出变更
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {found.items.map((item) => (
              <Change key={item.id} item={item} applicationId={applicationId} />
            ))}
            {changing && (
              <Propose
                applicationId={applicationId}
                field={changing}
                members={found.members}
                onClose={() => setChanging(undefined)}
              />
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

type ProposeProps = { applicationId: string; field: LockedField; members: string[]; onClose: () => void };

function Propose({ applicationId, field, members, onClose }: ProposeProps) {
  const queries = useQueryClient();
  const [after, setAfter] = useState('');
  const name = FIELDS[field];
  const propose = async (reason: string) => {
    const body = { field, after, reason };
    const answer = await call('POST', `/applications/${applicationId}/locked-changes`, { body });
    await queries.invalidateQueries({ queryKey: ['application', applicationId] });
    return answer;
  };
  const label = field === 'organisation' ? '变更后单位的统一社会信用代码' : `变更后的${name}`;
  return (
    <ReasonDialog
      title={`变更${name}`}
      confirm="提出"
      label="理由"
      help="留在记录里，申报人看得到"
      open
      onClose={onClose}
      onConfirm={propose}
    >
      <p>须由业务处室的另一位人员批准才生效；批准后另存一个版本，原版本保留。</p>
      <Field
        label={label}
        required
        help={field === 'principalInvestigator' ? '从申报书所列项目组成员里选择。' : undefined}
      >
        {(slots) =>
          field === 'principalInvestigator' ? (
            <Select
              {...slots}
              value={after || null}
              options={members.map((member) => ({ value: member, label: member }))}
              onChange={(next: string | null) => setAfter(next ?? '')}
            />
          ) : (
            <Input {...slots} value={after} maxLength={200} onChange={(event) => setAfter(event.target.value)} />
          )
        }
      </Field>
    </ReasonDialog>
  );
}

function Change({ item, applicationId }: { item: Changes['items'][number]; applicationId: string }) {
  const queries = useQueryClient();
  const toast = useToast();
  const { me } = useSession();
  const [asking, setAsking] = useState<'approved' | 'declined'>();
  const decide = async (decision: 'approved' | 'declined', note: string) => {
    const answer = await call('POST', `/locked-changes/${item.id}/decision`, { body: { decision, note } });
    if (answer.ok) toast.success(decision === 'approved' ? '已批准，变更生效' : '已否决');
    await queries.invalidateQueries({ queryKey: ['application', applicationId] });
    return answer;
  };
  const close = () => setAsking(undefined);
  const said = (
    <p>
      {FIELDS[item.field]}由“{item.before}”变更为“{item.after}”。{item.proposedByName}提出的理由：{item.reason}
    </p>
  );
  return (
    <div className="kw-marked">
      {said}
      <p className="ks-clause">
        {momentOf(item.proposedAt)} 提出
        {item.decidedAt && `，${item.decidedByName} ${momentOf(item.decidedAt)} 办理`}
        {item.decisionNote && `：${item.decisionNote}`}
      </p>
      {item.decision ? (
        <Tag tone={item.decision === 'approved' ? 'good' : 'bad'}>
          {item.decision === 'approved' ? '已批准' : '已否决'}
        </Tag>
      ) : item.proposedById === me.person.id ? (
        <Tag tone="wait">待第二人批准</Tag>
      ) : (
        <span className="ks-actions">
          <Button size="small" type="primary" onClick={() => setAsking('approved')}>
            批准
          </Button>
          <Button size="small" onClick={() => setAsking('declined')}>
            否决
          </Button>
        </span>
      )}
      <ConfirmDialog
        title="批准变更"
        confirm="批准"
        open={asking === 'approved'}
        onClose={close}
        onConfirm={() => decide('approved', '')}
      >
        {said}
      </ConfirmDialog>
      <ReasonDialog
        title="否决变更"
        confirm="否决"
        label="理由"
        open={asking === 'declined'}
        onClose={close}
        onConfirm={(note) => decide('declined', note)}
      >
        {said}
      </ReasonDialog>
    </div>
  );
}
