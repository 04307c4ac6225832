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
  const issuer = await new Promise<string>((resolve, reject) => {
    let said = '';
    // It is read to its end: a provider that writes to a closed pipe dies.
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      const found = /^issuer (\S+)$/m.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`no identity provider: ${said}`)));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return { issuer, stop };
}
