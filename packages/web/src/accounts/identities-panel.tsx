import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button, Facts, Loaded, Panel, useToast } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { ProofDialog, type Given } from './proof-dialog.tsx';
import { useIdentities, useProviderName, type LinkedIdentity } from './queries.ts';

/** Linking and unlinking the identity of the configured provider; nothing where none is configured and none is linked. */
export function IdentitiesPanel() {
  const name = useProviderName().data?.name ?? null;
  const identities = useIdentities();
  if (!name && !identities.data?.items.length) return null;
  return (
    <Panel
      title={name ?? '单点登录'}
      note={`关联以后，可以用${name ?? '单点登录'}的身份登录本账号。只有您自己登录后才能关联，系统不会按邮箱或姓名猜测。`}
    >
      <Loaded query={identities} rows={2}>
        {({ items }) =>
          items.length > 0 ? (
            <>
              {items.map((identity) => (
                <Linked key={identity.id} identity={identity} />
              ))}
            </>
          ) : (
            <Link />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Link() {
  const [asking, setAsking] = useState(false);
  const leave = async ({ password }: Given) => {
    const answer = await call<{ url: string }>('POST', '/session/single-sign-on/link', { body: { password } });
    if (answer.ok) window.location.assign(answer.value.url);
    return answer;
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>关联我的身份</Button>
      <ProofDialog
        title="关联身份"
        confirm="去关联"
        say="请输入本系统的登录密码。接着会转到统一身份认证的页面，在那里登录后自动回到这里。"
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={leave}
      />
    </>
  );
}

function Linked({ identity }: { identity: LinkedIdentity }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const unlink = async ({ password }: Given) => {
    const answer = await call('POST', `/session/identities/${identity.id}/remove`, { body: { password } });
    if (answer.ok) toast.success('已解除关联');
    await queries.invalidateQueries({ queryKey: ['security', 'identities'] });
    return answer;
  };
  return (
    <>
      <Facts
        items={[
          ['身份提供方', identity.issuer],
          ['关联时间', momentOf(identity.linkedAt)],
          ['最近使用', identity.lastUsedAt ? momentOf(identity.lastUsedAt) : '还没有用过'],
        ]}
      />
      <p className="ks-security__tools">
        <Button onClick={() => setAsking(true)}>解除关联</Button>
      </p>
      <ProofDialog
        title="解除关联"
        confirm="解除"
        say="解除后只能用登录名和密码登录本账号。"
        danger
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={unlink}
      />
    </>
  );
}
