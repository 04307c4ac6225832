import { deleteSecondFactor, findAccount, makeLink } from '../accounts/index.ts';
import { officialInstant } from '@keshen/rules';
import { readArguments } from './arguments.ts';
import { refuse, withContext } from './with-context.ts';

const MINUTE_MS = 60_000;

/** A link for whoever lost the password, or the phone with it, and has no organisation administrator to ask. */
export async function run(args: string[]): Promise<number> {
  const { option, flag } = readArguments(args, ['login'], ['without-second-factor']);
  const login = option('login');
  return withContext(async ({ db, log, clock, config }) => {
    const account = await findAccount(db, login);
    if (!account || account.demonstration)
      return refuse(`没有登录名为“${login}”的人。`, '请核对登录名；演练人员不用重设。');
    const at = clock.now();
    const link = await db.transaction().execute(async (trx) => {
      if (flag('without-second-factor') && (await deleteSecondFactor(trx, account.id))) {
        const subject = { subjectKind: 'person', subjectId: account.id };
        await log(trx, { at, action: 'removeSecondFactor', outcome: 'done', ...subject, detail: { by: 'command' } });
      }
      return makeLink(trx, log, { personId: account.id, purpose: 'reset', by: undefined, at });
    });
    const until = officialInstant(Math.floor(link.expiresAt.getTime() / MINUTE_MS) * MINUTE_MS);
    console.log(`${account.name}（${login}）原来的密码已作废。请把链接交给本人，只能用一次，${until}以前有效：`);
    console.log(config.publicUrl + link.path);
    return 0;
  });
}
