import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Round } from '../api/types.ts';
import { Button, ConfirmDialog, Field, Input, Panel, useToast } from '../kit/index.ts';

/** A rehearsal can be run again from its first minute, or emptied for good. */
export function Rehearsal({ round }: { round: Round }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<'restart' | 'clear'>();
  const [typed, setTyped] = useState('');
  const close = () => {
    setAsking(undefined);
    setTyped('');
  };
  const run = async (action: 'restart' | 'clear', body: object) => {
    const answer = await call('POST', `/rounds/${round.id}/rehearsal/${action}`, { body });
    if (answer.ok) {
      toast.success(action === 'restart' ? '时间窗口已从现在重新开始' : '演练数据已清除');
      await queries.invalidateQueries();
    }
    return answer;
  };
  return (
    <Panel id="rehearsal" title="演练" note="演练的时间窗口平移到现在，通知里的其他日期不变；演练数据与正式申报分开。">
      <div className="ks-actions">
        <Button onClick={() => setAsking('restart')}>重新开始计时</Button>
        <Button danger onClick={() => setAsking('clear')}>
          清除演练数据
        </Button>
      </div>
      <ConfirmDialog
        title="重新开始计时"
        confirm="重新开始"
        open={asking === 'restart'}
        onClose={close}
        onConfirm={() => run('restart', {})}
      >
        <p>填报窗口从现在重新打开，已填的申报书保留。</p>
      </ConfirmDialog>
      <ConfirmDialog
        title="清除演练数据"
        confirm="清除"
        danger
        open={asking === 'clear'}
        ready={typed.trim() === round.title}
        onClose={close}
        onConfirm={() => run('clear', { confirm: typed.trim() })}
      >
        <p>这次演练的全部申报书、附件和清单都会删除，不能恢复。正式申报的数据不受影响。</p>
        <Field label="请照样输入通知名称" required help={round.title}>
          {(slots) => <Input {...slots} value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
      </ConfirmDialog>
    </Panel>
  );
}
