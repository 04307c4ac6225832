import { may } from '@keshen/rules';
import { type By, openApplication, type Opened } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { refused, type Result } from '../platform/http/result.ts';

/** The application for those who write it: its earlier texts and its file are not for those who review it. */
export async function openDraft(context: Context, by: By, id: string): Promise<Result<Opened>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok || may(by.actor, 'application.write', opened.value.row)) return opened;
  return refused(403, {
    code: 'not_your_step',
    message: '只有填写这份申报的人可以这样做。',
    remedy: '需要的话，请联系申报人。',
  });
}
