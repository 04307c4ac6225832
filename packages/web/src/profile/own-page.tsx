import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, ConfirmDialog, Loaded, Notice, Page, Panel, RefusalNotice, Tag, useToast } from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';
import { momentOf } from '../text/beijing-time.ts';
import { ProfileForm } from './profile-form.tsx';
import { type OwnProfile, type ProfileData, useOwnProfile } from './queries.ts';
import { ProfileTag } from './states.tsx';

/** What somebody says of himself, once for all applications. */
export default function OwnPage() {
  const profile = useOwnProfile();
  return (
    <Page
      title="个人资料"
      width="text"
      lead="填一次，新建申报时可以直接带入。由单位管理员确认；确认以后再改的，须重新确认。"
    >
      <Loaded query={profile}>
        {(found) => (
          <>
            {found.offers.map((offer) => (
              <Offer key={offer.id} offer={offer} />
            ))}
            <Standing profile={found} />
            <Editor key={found.revision} profile={found} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Standing({ profile }: { profile: OwnProfile }) {
  const { organisations, missing, revision } = profile;
  return (
    <>
      {organisations.map(({ id, name, state, note, decidedAt }) => (
        <Panel
          key={id}
          title={name}
          // Only what is whole waits for anybody.
          aside={state === 'waiting' && missing.length > 0 ? <Tag>没有填完</Tag> : <ProfileTag state={state} />}
        >
          {state === 'returned' && <Notice kind="error" title={`单位退回：${note}`} />}
          {state === 'waiting' && missing.length === 0 && <p>已填完，请提醒单位管理员在“人员资料”里确认。</p>}
          {state === 'changed' && <p>您在单位确认以后改过，请提醒单位管理员重新确认。</p>}
          {state === 'confirmed' && decidedAt && <p>{momentOf(decidedAt)} 确认。</p>}
          {revision > 0 && missing.length > 0 && <p>还没有填：{missing.join('、')}。</p>}
        </Panel>
      ))}
    </>
  );
}

function Editor({ profile }: { profile: OwnProfile }) {
  const queries = useQueryClient();
  const toast = useToast();
  const { me } = useSession();
  const [data, setData] = useState<ProfileData>(profile.data);
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const problems = refusal?.code === 'invalid_profile' ? (refusal.current as { where: string; message: string }[]) : [];
  const confirmed = profile.organisations.some(({ state }) => state === 'confirmed');
  const save = async () => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await call<{ missing: string[] }>('PUT', '/profile', { body: { revision: profile.revision, data } });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    toast.success(answer.value.missing.length === 0 ? '已保存' : `已保存，还有${answer.value.missing.length}项没有填`);
    await queries.invalidateQueries({ queryKey: ['profile'] });
  };
  return (
    <Panel title="资料">
      <div className="ks-field">
        <span className="ks-field__label">姓名</span>
        <span>{me.person.name}</span>
        <p className="ks-field__help">姓名随账号，不在这里改；写错了的，请在“我的个人信息”申请更正。</p>
      </div>
      <ProfileForm
        fields={profile.fields}
        data={data}
        problems={Object.fromEntries(problems.map(({ where, message }) => [where, message]))}
        onChange={setData}
      />
      {profile.retirement && (
        <p className="ks-panel__note">按2025年起施行的渐进式延迟退休办法，法定退休日期为{profile.retirement}。</p>
      )}
      {confirmed && <p className="ks-panel__note">单位已经确认过：保存改动以后须重新确认。</p>}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Button type="primary" loading={busy} onClick={() => void save()}>
        保存
      </Button>
    </Panel>
  );
}

function Offer({ offer }: { offer: OwnProfile['offers'][number] }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<'accepted' | 'declined'>();
  const answer = async (said: 'accepted' | 'declined') => {
    const got = await call('POST', `/profile/offers/${offer.id}/answer`, { body: { answer: said } });
    if (got.ok) toast.success(said === 'accepted' ? `已加入${offer.organisationName}` : '已谢绝');
    await queries.invalidateQueries();
    return got;
  };
  return (
    <Notice
      kind="warning"
      title={`${offer.organisationName}邀请您加入`}
      action={
        <div className="ks-actions">
          <Button type="primary" onClick={() => setAsking('accepted')}>
            加入
          </Button>
          <Button onClick={() => setAsking('declined')}>不加入</Button>
        </div>
      }
    >
      <p>
        {offer.offeredByName}于{momentOf(offer.offeredAt)}发出，{momentOf(offer.expiresAt)}以前有效。
      </p>
      <ConfirmDialog
        title={`加入${offer.organisationName}`}
        confirm="加入"
        open={asking === 'accepted'}
        onClose={() => setAsking(undefined)}
        onConfirm={() => answer('accepted')}
      >
        <p>
          加入后您以{offer.organisationName}申报人的身份申报。在同一科技厅，您在原单位的申报人身份同时终止：
          以前的申报书仍可以看，不能再改，正在填的请先在原单位办妥。
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        title="不加入"
        confirm="不加入"
        open={asking === 'declined'}
        onClose={() => setAsking(undefined)}
        onConfirm={() => answer('declined')}
      >
        <p>单位会看到您没有加入；需要时可以再邀请。</p>
      </ConfirmDialog>
    </Notice>
  );
}
