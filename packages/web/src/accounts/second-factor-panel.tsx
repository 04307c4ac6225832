import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button, Facts, Loaded, Notice, Panel, Tag, useToast } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { Enrolment, type Started } from './enrolment.tsx';
import { ProofDialog, type Given } from './proof-dialog.tsx';
import { useSecondFactor, type SecondFactor } from './queries.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

const FEW = 3;

/** The own second factor: enrol, see its state, renew the recovery codes, turn it off. */
export function SecondFactorPanel() {
  const queries = useQueryClient();
  const state = useSecondFactor();
  const [started, setStarted] = useState<Started>();
  const [codes, setCodes] = useState<string[]>();
  const kept = () => {
    setCodes(undefined);
    void queries.invalidateQueries({ queryKey: ['me'] });
    void queries.invalidateQueries({ queryKey: ['security'] });
  };
  return (
    <Panel title="两步验证" note="登录时除密码外，再输入手机验证器上的 6 位数字：密码被人知道了，也登录不了您的账号。">
      {codes ? (
        <RecoveryCodes codes={codes} onKept={kept} />
      ) : started ? (
        <Enrolment
          started={started}
          onCancel={() => setStarted(undefined)}
          onEnrolled={(recoveryCodes) => {
            setStarted(undefined);
            setCodes(recoveryCodes);
          }}
        />
      ) : (
        <Loaded query={state} rows={2}>
          {(factor) =>
            factor.enrolledAt ? <Enrolled factor={factor} onCodes={setCodes} /> : <NotEnrolled onStarted={setStarted} />
          }
        </Loaded>
      )}
    </Panel>
  );
}

function NotEnrolled({ onStarted }: { onStarted: (started: Started) => void }) {
  const [asking, setAsking] = useState(false);
  const start = async ({ password }: Given) => {
    const answer = await call<Started>('POST', '/session/second-factor', { body: { password } });
    if (answer.ok) onStarted(answer.value);
    return answer;
  };
  return (
    <>
      <p className="ks-security__state">
        <Tag>未启用</Tag>
        <Button type="primary" onClick={() => setAsking(true)}>
          启用两步验证
        </Button>
      </p>
      <ProofDialog
        title="启用两步验证"
        confirm="继续"
        say="请先在手机上装好验证器（任何支持 TOTP 的都可以），再输入登录密码。"
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={start}
      />
    </>
  );
}

type EnrolledProps = { factor: SecondFactor; onCodes: (codes: string[]) => void };

function Enrolled({ factor, onCodes }: EnrolledProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<'codes' | 'remove'>();
  const renew = async (given: Given) => {
    const answer = await call<{ recoveryCodes: string[] }>('POST', '/session/second-factor/recovery-codes', {
      body: given,
    });
    if (answer.ok) onCodes(answer.value.recoveryCodes);
    return answer;
  };
  const remove = async (given: Given) => {
    const answer = await call('POST', '/session/second-factor/remove', { body: given });
    if (answer.ok) {
      toast.success('两步验证已停用');
      await queries.invalidateQueries({ queryKey: ['security'] });
      await queries.invalidateQueries({ queryKey: ['me'] });
    }
    return answer;
  };
  const left = factor.recoveryCodesLeft;
  return (
    <>
      {left <= FEW && (
        <Notice kind="warning" title={left === 0 ? '恢复码已经用完' : `恢复码只剩 ${left} 个`}>
          请重新生成一批：手机丢了又没有恢复码，只能请管理员解除两步验证。
        </Notice>
      )}
      <Facts
        items={[
          [
            '状态',
            <Tag key="state" tone="good">
              已启用
            </Tag>,
          ],
          ['启用时间', factor.enrolledAt && momentOf(factor.enrolledAt)],
          ['恢复码', `还有 ${left} 个没用过`],
        ]}
      />
      <p className="ks-actions ks-security__tools">
        <Button onClick={() => setAsking('codes')}>重新生成恢复码</Button>
        <Button danger onClick={() => setAsking('remove')}>
          停用两步验证
        </Button>
      </p>
      <ProofDialog
        title="重新生成恢复码"
        confirm="生成"
        say="会生成 10 个新的恢复码，只显示这一次；原来的恢复码全部作废。"
        withCode
        open={asking === 'codes'}
        onClose={() => setAsking(undefined)}
        onConfirm={renew}
      />
      <ProofDialog
        title="停用两步验证"
        confirm="停用"
        say="停用后只凭密码就能登录。换手机的，停用后在新手机上重新启用。"
        danger
        withCode
        open={asking === 'remove'}
        onClose={() => setAsking(undefined)}
        onConfirm={remove}
      />
    </>
  );
}
