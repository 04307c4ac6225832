import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Answer } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, Page, Panel, RefusalNotice } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';

type Props<T> = {
  title: string;
  lead: ReactNode;
  button: string;
  onPress: () => Promise<Answer<T>>;
  done: (value: T) => ReactNode;
};

/** Where a link of a mail leads, signed in or not. Something happens on the press only: mail filters open every link. */
export function LinkPage<T>({ title, lead, button, onPress, done }: Props<T>) {
  const [value, setValue] = useState<T>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    const answer = await onPress();
    setBusy(false);
    if (answer.ok) setValue(answer.value);
    setRefusal(answer.ok ? undefined : answer.refusal);
  };
  return (
    <Door>
      <Page title={title}>
        <div className="ks-door__columns ks-door__columns--one">
          <Panel>
            {value !== undefined ? (
              <output>{done(value)}</output>
            ) : (
              <>
                {refusal ? <RefusalNotice refusal={refusal} /> : <p className="ks-notices__before">{lead}</p>}
                {!refusal && (
                  <Button type="primary" size="large" block loading={busy} onClick={() => void press()}>
                    {button}
                  </Button>
                )}
              </>
            )}
            <p className="ks-notices__after">
              <Link to="/notices/preferences">登录后查看通知设置</Link>
            </p>
          </Panel>
        </div>
      </Page>
    </Door>
  );
}
