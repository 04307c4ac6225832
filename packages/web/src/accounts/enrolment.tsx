import { useState, type FormEvent } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, CopyIcon, Field, Input, RefusalNotice, useToast } from '../kit/index.ts';

/** The picture and the text are the same secret. */
export type Started = { qr: string; secret: string; uri: string };
type Props = { started: Started; onEnrolled: (recoveryCodes: string[]) => void; onCancel: () => void };

/** From the secret on the screen to the first right code. */
export function Enrolment({ started, onEnrolled, onCancel }: Props) {
  const toast = useToast();
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(started.secret.replaceAll(' ', ''));
      toast.success('密钥已复制');
    } catch {
      toast.warning('浏览器不让复制，请手工抄录');
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!code.trim()) {
      setRefusal({ code: 'incomplete', message: '请填写验证器显示的 6 位数字' });
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    const answer = await call<{ recoveryCodes: string[] }>('POST', '/session/second-factor/confirm', {
      body: { code },
    });
    setBusy(false);
    if (answer.ok) return onEnrolled(answer.value.recoveryCodes);
    setCode('');
    setRefusal(answer.refusal);
  };
  return (
    <div className="ks-enrolment">
      <img className="ks-enrolment__qr" src={started.qr} alt="两步验证的二维码，内容与第二步的密钥相同" />
      <div>
        <ol className="ks-enrolment__steps">
          <li>打开手机上的验证器，扫描二维码。</li>
          <li>
            扫不了的，选“手动输入”，账号填登录名，类型选“基于时间”，密钥填：
            <span className="ks-enrolment__secret">
              <code data-second-factor-secret>{started.secret}</code>
              <Button size="small" icon={<CopyIcon aria-hidden />} onClick={() => void copy()}>
                复制密钥
              </Button>
            </span>
          </li>
          <li>输入验证器现在显示的 6 位数字：</li>
        </ol>
        <form onSubmit={(event) => void submit(event)} noValidate className="ks-enrolment__form">
          {refusal && <RefusalNotice refusal={refusal} />}
          <Field label="验证码" required>
            {(slots) => (
              <Input
                {...slots}
                autoComplete="one-time-code"
                inputMode="numeric"
                spellCheck={false}
                maxLength={10}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
          <p className="ks-actions">
            <Button type="primary" htmlType="submit" loading={busy}>
              确认启用
            </Button>
            <Button onClick={onCancel}>取消</Button>
          </p>
        </form>
      </div>
    </div>
  );
}
