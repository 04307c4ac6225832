import { findApplication, snapshotsOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';

/** The address in the QR of the submitted version, as on its print; empty before anything was submitted. */
export async function findSnapshotToken({ db, signer, config }: Context, applicationId: string): Promise<string> {
  const row = await findApplication(db, applicationId);
  const [latest] = await snapshotsOf(db, applicationId);
  if (!row || !latest) return '';
  const rehearsal = row.mode === 'rehearsal';
  const { id, callKey: call } = row;
  return `${config.publicUrl}/v/${signer.tokenFor({ kind: 'application', rehearsal, id, hash: latest.hash, call })}`;
}
