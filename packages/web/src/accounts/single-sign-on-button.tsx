import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, RefusalNotice } from '../kit/index.ts';
import { useProviderName } from './queries.ts';

/** Stands on the sign-in page where a provider is configured. */
export function SingleSignOnButton() {
  const name = useProviderName().data?.name;
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  if (!name) return null;
  const leave = async () => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await call<{ url: string }>('POST', '/session/single-sign-on', { body: {} });
    if (answer.ok) return window.location.assign(answer.value.url);
    setBusy(false);
    setRefusal(answer.refusal);
  };
  return (
    <div className="ks-or">
      <p className="ks-or__word">或者</p>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Button size="large" block loading={busy} onClick={() => void leave()}>
        用{name}登录
      </Button>
    </div>
  );
}
