import { examine } from '../doctor/index.ts';
import { withContext } from './with-context.ts';

/** Checks what must always hold. Exit code 1 when something does not. */
export function run(): Promise<number> {
  return withContext(async (context) => {
    const findings = await examine(context);
    for (const { title, faults, looked } of findings) {
      console.log(`${faults.length === 0 ? '✓' : '✗'} ${title}（查了 ${looked}）`);
      for (const fault of faults.slice(0, 20)) console.log(`    ${fault}`);
      if (faults.length > 20) console.log(`    ……共 ${faults.length} 处`);
    }
    return findings.every(({ faults }) => faults.length === 0) ? 0 : 1;
  });
}
