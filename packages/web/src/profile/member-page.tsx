import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { call } from '../api/client.ts';
import {
  Button,
  ConfirmDialog,
  EmptyState,
  Facts,
  Loaded,
  Notice,
  Page,
  Panel,
  ReasonDialog,
  useToast,
} from '../kit/index.ts';
import { factsOf } from './facts-of.ts';
import { type Profile, useMemberProfile } from './queries.ts';
import { ProfileTag } from './states.tsx';

/** One applicant's particulars: confirmed as seen, or returned with a reason. */
export default function MemberPage() {
  const { id = '' } = useParams();
  const profile = useMemberProfile(id);
  return (
    <Page
      title={profile.data ? `${profile.data.name}的个人资料` : '个人资料'}
      width="text"
      back={{ to: '/organisation/profiles', label: '人员资料' }}
      lead={profile.data && `登录名 ${profile.data.login}。查看会记入日志。`}
    >
      <Loaded query={profile}>{(found) => <Member id={id} profile={found} />}</Loaded>
    </Page>
  );
}

function Member({ id, profile }: { id: string; profile: Profile }) {
  const [asking, setAsking] = useState<'confirmed' | 'returned' | 'leave'>();
  const queries = useQueryClient();
  const toast = useToast();
  const navigate = useNavigate();
  const close = () => setAsking(undefined);
  const state = profile.organisations[0]?.state ?? 'none';
  const decide = async (decision: 'confirmed' | 'returned', note = '') => {
    const body = { revision: profile.revision, decision, note };
    const answer = await call('POST', `/organisation/profiles/${id}/decision`, { body });
    if (answer.ok) toast.success(decision === 'confirmed' ? '已确认' : '已退回本人');
    await queries.invalidateQueries({ queryKey: ['profiles'] });
    return answer;
  };
  const leave = async (reason: string) => {
    const answer = await call('POST', `/organisation/people/${id}/leave`, { body: { reason } });
    if (answer.ok) {
      toast.success(`${profile.name}已离开本单位`);
      await navigate('/organisation/profiles');
    }
    await queries.invalidateQueries({ queryKey: ['people'] });
    return answer;
  };
  return (
    <>
      <Panel title="资料" aside={<ProfileTag state={state} />}>
        {profile.revision === 0 ? (
          <EmptyState title="本人还没有填写">请本人登录后，在右上角菜单的“个人资料”里填写。</EmptyState>
        ) : (
          <>
            {profile.missing.length > 0 && (
              <Notice kind="warning" title={`还没有填完：${profile.missing.join('、')}`}>
                填完才能确认，可以退回本人补填。
              </Notice>
            )}
            <Facts items={factsOf(profile.fields, profile.data)} />
            {profile.retirement && (
              <p className="ks-panel__note">按2025年起施行的渐进式延迟退休办法，法定退休日期为{profile.retirement}。</p>
            )}
            {state !== 'confirmed' && (
              <div className="ks-actions">
                <Button type="primary" disabled={profile.missing.length > 0} onClick={() => setAsking('confirmed')}>
                  确认
                </Button>
                {state !== 'returned' && <Button onClick={() => setAsking('returned')}>退回</Button>}
              </div>
            )}
          </>
        )}
      </Panel>
      <Panel
        title="离开单位"
        note="调离、退休的，终止他在本单位的申报人身份；账号是他自己的，到新单位继续用。申报书留在本单位。"
      >
        <Button danger onClick={() => setAsking('leave')}>
          离开单位
        </Button>
      </Panel>
      <ConfirmDialog
        title="确认个人资料"
        confirm="确认"
        open={asking === 'confirmed'}
        onClose={close}
        onConfirm={() => decide('confirmed')}
      >
        <p>确认所列各项（包括原法定退休年龄、人事关系、是否公务员）与本人证件、聘书和人事档案一致。记入日志。</p>
      </ConfirmDialog>
      <ReasonDialog
        title="退回个人资料"
        confirm="退回"
        label="哪里不对"
        open={asking === 'returned'}
        onClose={close}
        onConfirm={(note) => decide('returned', note)}
      />
      <ReasonDialog
        title={`${profile.name}离开本单位`}
        confirm="离开单位"
        danger
        label="原因"
        help="例如调离、退休。"
        open={asking === 'leave'}
        onClose={close}
        onConfirm={leave}
      >
        <p>立即生效：他不能再以本单位申报人的身份填报、提交。没有提交的申报书请先安排人接手。</p>
      </ReasonDialog>
    </>
  );
}
