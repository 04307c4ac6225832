import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import type { Autosave } from '../../autosave/autosave.ts';
import { Modal } from '../../kit/index.ts';

/** Leaving waits for the newest edit: the browser asks before closing, and going to another page saves first. */
export function LeaveGuard({ autosave, home }: { autosave: Autosave; home: string }) {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (autosave.allSaved()) return;
      autosave.keepCopies();
      autosave.sendNow();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [autosave]);

  const blocker = useBlocker(({ nextLocation }) => !autosave.allSaved() && !nextLocation.pathname.includes(home));
  useEffect(() => {
    if (blocker.state !== 'blocked') return undefined;
    autosave.sendNow();
    let gone = false;
    const proceed = () => {
      if (gone || !autosave.allSaved()) return;
      gone = true;
      blocker.proceed();
    };
    const stop = autosave.subscribe(proceed);
    proceed();
    return stop;
  }, [autosave, blocker]);

  return (
    <Modal
      open={blocker.state === 'blocked'}
      title="正在保存最后的修改"
      okText="不等了，离开"
      cancelText="留在这里"
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      <p>保存好就自动离开。如果现在离开，没存上的内容留在这台电脑上，下次打开这份申报书时接着补存。</p>
    </Modal>
  );
}
