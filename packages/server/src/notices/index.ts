export { examineNotices } from './examine-notices.ts';
export { makeDigests } from './make-digests.ts';
export { logAndNote } from './note-cause.ts';
export { passMarks } from './pass-marks.ts';
export { type Sender, sendMessages } from './send-messages.ts';
export { tellCauses } from './tell-causes.ts';
