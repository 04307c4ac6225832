import { loadLibrary, openLiveRound, openRehearsals, publishLibrary } from '../calls/index.ts';
import { readArguments, UsageError } from './arguments.ts';
import { refuse, withContext } from './with-context.ts';

/** Publishes a call for real, its windows as in the notice; or opens it in rehearsal, its windows shifted to now. */
export async function run(args: string[]): Promise<number> {
  const { positional, optional } = readArguments(args, ['mode']);
  const [key] = positional;
  const mode = optional('mode') ?? 'live';
  if (mode !== 'live' && mode !== 'rehearsal') throw new UsageError('--mode 只能是：live（正式）、rehearsal（演练）');
  if (!key) throw new UsageError('要写明申报通知的文件夹名，例如：keshen open-round liaoning-2026-international');
  return withContext(async (context) => {
    const { calls, faults } = await loadLibrary(context);
    const call = calls.find((candidate) => candidate.key === key);
    const fault = faults.find((candidate) => candidate.key === key);
    if (fault)
      return refuse(`calls/${key} 有 ${fault.problems.length} 处问题，没有发布：\n${fault.problems.join('\n')}`);
    if (!call) return refuse(`calls/ 里没有 ${key}。`);
    await publishLibrary(context, [call]);
    if (mode === 'rehearsal') {
      await openRehearsals(context, [call]);
      console.log(`已开始演练：${call.compiled.title}`);
      return 0;
    }
    const result = await openLiveRound(context, call);
    if (!result.ok) return refuse(result.refusal.message, result.refusal.remedy);
    console.log(`已发布：${call.compiled.title}\n公开页：${context.config.publicUrl}/calls/${result.value.roundId}`);
    console.log(`版本：${result.value.checksum}`);
    return 0;
  });
}
