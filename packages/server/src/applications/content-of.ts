import type { Application } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import { type Attachment, type Content, listedAttachments } from './content.ts';
import type { ApplicationRow } from './store.ts';

/** The content of an application as it would be frozen now. */
export const contentOf = (
  row: ApplicationRow,
  round: LoadedRound,
  { application, attachments }: { application: Application; attachments: readonly Attachment[] },
): Content => ({
  number: row.number,
  callVersion: round.round.checksum,
  mode: round.mode,
  organisation: { uscc: row.organisationUscc, name: row.organisationName },
  department: row.departmentName,
  applicant: row.applicantName,
  sections: application,
  attachments: listedAttachments(attachments),
});
