import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useReviewSetting } from '../api/review-queries.ts';
import { Button, ConfirmDialog, useToast } from '../kit/index.ts';

/** Whether one reviews and another one signs off, and the switch for it. */
export function SignOffSetting() {
  const setting = useReviewSetting();
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  if (!setting.data) return null;
  const { finalSignOff, reviewers, step } = setting.data;
  const change = async () => {
    const answer = await call('PUT', '/review-settings', { body: { finalSignOff: !finalSignOff } });
    if (answer.ok) toast.success(finalSignOff ? '已关闭复核签发' : '已打开复核签发');
    await Promise.all(
      ['review-setting', 'applications', 'application'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
    return answer;
  };
  return (
    <p className="kw-setting">
      {finalSignOff ? '复核签发：一人初核，另一人签发。' : '现在一人审核即可办理。'}
      <Button size="small" type="link" onClick={() => setAsking(true)}>
        {finalSignOff ? '关闭复核签发' : '改为初核、签发两人办理'}
      </Button>
      <ConfirmDialog
        title={finalSignOff ? '关闭复核签发' : '打开复核签发'}
        confirm={finalSignOff ? '关闭' : '打开'}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={change}
      >
        <p>
          {finalSignOff
            ? '关闭以后一个人审核即可办理；已经初核、等待签发的，仍由另一人签发。'
            : `打开以后，每份申报先由一人逐项判断、初核通过，再由另一人${step === 'department' ? '确认推荐' : '报送'}。`}
        </p>
        <p>现有审核人员：{reviewers.map(({ name }) => name).join('、')}。</p>
      </ConfirmDialog>
    </p>
  );
}
