import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');

/** A real OpenID Connect provider beside the journey; whoever comes there is `user` and is not asked. */
export async function identityProvider(client: { id: string; secret: string; redirectUri: string; user: string }) {
  const child = spawn(
    path.join(root, 'node_modules', 'node', 'bin', 'node'),
    [
      path.join('packages', 'server', 'src', 'testing', 'run-identity-provider.ts'),
      client.id,
      client.secret,
      client.redirectUri,
      client.user,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const issuer = /^issuer (\S+)$/m.exec(said)?.[1];
    if (!issuer) continue;
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    };
    return { issuer, stop };
  }
  throw new Error(`no identity provider: ${said}`);
}
