import type { UploadProgress } from '../../api/tus.ts';
import { Button, Progress } from '../../kit/index.ts';
import { formatBytes } from '../../text/bytes.ts';

const WORDS: Record<UploadProgress['state'], string> = {
  sending: '正在上传',
  reconnecting: '连接断了，正在重连；接上后从断点继续',
  paused: '已暂停',
  confirming: '已传完，正在校验',
};

type Props = {
  name: string;
  progress: UploadProgress;
  onPause: () => void;
  onResume: () => void;
  onCancel: () => void;
};

export function UploadingFile({ name, progress, onPause, onResume, onCancel }: Props) {
  const { state, sent, total } = progress;
  const percent = total === 0 ? 0 : Math.floor((sent / total) * 100);
  return (
    <div className="km-uploading">
      <strong>{name}</strong>
      <Progress
        percent={percent}
        size="small"
        aria-label="上传进度"
        status={state === 'sending' ? 'active' : 'normal'}
      />
      <span>
        <output>{WORDS[state]}</output>，{formatBytes(sent)} / {formatBytes(total)}
      </span>
      {state !== 'confirming' && (
        <>
          {state === 'paused' ? (
            <Button size="small" onClick={onResume}>
              继续
            </Button>
          ) : (
            <Button size="small" onClick={onPause}>
              暂停
            </Button>
          )}
          <Button size="small" onClick={onCancel}>
            取消
          </Button>
        </>
      )}
    </div>
  );
}
