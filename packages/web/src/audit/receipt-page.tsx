import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Field, Notice, Page, Panel, RefusalNotice } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';

type Checked = { genuine: boolean; checks: { ok: boolean; text: string }[] };

const UNREADABLE: Refusal = {
  code: 'unreadable',
  message: '这不是回执文件',
  remedy: '回执是从本系统下载的、以 .json 结尾的文件，请不要改动它的内容。',
};

/** Anybody with a receipt can see whether the log still holds what it says; nothing else of the application is shown. */
export default function ReceiptPage() {
  const [checked, setChecked] = useState<Checked>();
  const [refusal, setRefusal] = useState<Refusal>();
  const check = async (file: File | undefined) => {
    setChecked(undefined);
    setRefusal(undefined);
    if (!file) return;
    const receipt = parsed(await file.text());
    if (receipt === undefined) return setRefusal(UNREADABLE);
    const answer = await call<Checked>('POST', '/receipts/check', { body: receipt });
    if (answer.ok) setChecked(answer.value);
    else setRefusal(answer.refusal.code === 'invalid' ? UNREADABLE : answer.refusal);
  };
  return (
    <Door>
      <Page
        title="核验回执"
        lead="选择下载保存的回执，看系统的日志是否仍与它一致。不需要登录，也不显示申报内容。"
        width="text"
      >
        <Panel>
          <Field label="回执文件">
            {(slots) => (
              <input
                {...slots}
                type="file"
                accept="application/json,.json"
                onChange={(event) => void check(event.target.files?.[0])}
              />
            )}
          </Field>
        </Panel>
        {refusal && <RefusalNotice refusal={refusal} />}
        {checked && (
          <Notice
            kind={checked.genuine ? 'success' : 'error'}
            title={checked.genuine ? '回执是真实的，日志没有改动' : '回执与日志不一致'}
          >
            <ul>
              {checked.checks.map(({ ok, text }) => (
                <li key={text}>
                  {ok ? '✓' : '✗'} {text}
                </li>
              ))}
            </ul>
          </Notice>
        )}
      </Page>
    </Door>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
