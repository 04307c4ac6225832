import { useRef, useState, type ReactNode } from 'react';
import type { Answer } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Input, Modal } from './controls.ts';
import { Field } from './field.tsx';
import { RefusalNotice } from './states.tsx';

type DialogProps = {
  title: string;
  confirm: string;
  danger?: boolean;
  open: boolean;
  /** What is asked for before the button may be pressed. */
  ready?: boolean;
  width?: number;
  onClose: () => void;
  /** A refusal stays in the dialog, where its reader can mend it. */
  onConfirm: () => Promise<Answer<unknown>>;
  children?: ReactNode;
};

/** Asks before something that cannot be taken back, says what follows, and shows why it was refused. */
export function ConfirmDialog(props: DialogProps) {
  const { title, confirm, danger, open, ready = true, width = 560, onClose, onConfirm, children } = props;
  const body = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const close = () => {
    setRefusal(undefined);
    onClose();
  };
  const run = async () => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await onConfirm();
    setBusy(false);
    if (answer.ok) onClose();
    else setRefusal(answer.refusal);
  };
  return (
    <Modal
      title={title}
      open={open}
      width={width}
      okText={confirm}
      cancelText="取消"
      okButtonProps={{ danger: danger ?? false, disabled: !ready, loading: busy }}
      onOk={() => void run()}
      onCancel={close}
      destroyOnHidden
      afterOpenChange={(opened) => opened && body.current?.querySelector<HTMLElement>('input, textarea')?.focus()}
    >
      <div className="ks-dialog" ref={body}>
        {children}
        {refusal && <RefusalNotice refusal={refusal} />}
      </div>
    </Modal>
  );
}

type ReasonProps = Omit<DialogProps, 'onConfirm' | 'ready'> & {
  label: string;
  help?: string;
  onConfirm: (reason: string) => Promise<Answer<unknown>>;
};

/** As `ConfirmDialog`, with a reason that must be given. */
export function ReasonDialog({ label, help, children, onConfirm, onClose, ...rest }: ReasonProps) {
  const [reason, setReason] = useState('');
  const close = () => {
    setReason('');
    onClose();
  };
  return (
    <ConfirmDialog {...rest} ready={reason.trim() !== ''} onClose={close} onConfirm={() => onConfirm(reason.trim())}>
      {children}
      <Field label={label} required help={help}>
        {(slots) => (
          <Input.TextArea
            {...slots}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            rows={4}
            maxLength={1000}
            showCount
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
