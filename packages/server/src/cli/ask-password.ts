import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { UsageError } from './arguments.ts';

/** Reads a password: twice and unseen at a terminal, else the first line of standard input. It never comes from the command line. */
export async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const [line] = (await text(process.stdin)).split(/\r?\n/);
    if (!line) throw new UsageError('标准输入里没有密码。例如：keshen create-administrator … < 密码文件');
    return line;
  }
  const first = await askUnseen('密码：');
  if (first !== (await askUnseen('再输一遍：'))) throw new UsageError('两次输入的密码不一样，没有建立账号。');
  return first;
}

async function askUnseen(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  const answer = await new Promise<string>((resolve) => lines.question('', resolve));
  lines.close();
  process.stderr.write('\n');
  return answer;
}
