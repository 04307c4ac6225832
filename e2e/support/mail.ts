import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Mail = { to: string; id: string; text: string };

/** A mail server that takes everything. */
export async function mailServer(): Promise<{ port: number; mails: Mail[]; stop: () => Promise<void> }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 50,
    onData: (stream, session, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [headers = '', ...body] = Buffer.concat(chunks).toString().split('\r\n\r\n');
        const coded = body.join('\r\n\r\n');
        mails.push({
          to: session.envelope.rcptTo[0]?.address ?? '',
          id: /^Message-ID: (.*)$/im.exec(headers)?.[1] ?? '',
          text: /^Content-Transfer-Encoding: base64/im.test(headers) ? fromBase64(coded) : fromQuotedPrintable(coded),
        });
        answer();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    mails,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

// One part a message; Nodemailer takes whichever of the two is shorter: much Chinese is base64, a long link beside little Chinese is not.
const fromBase64 = (coded: string): string => Buffer.from(coded, 'base64').toString();
const fromQuotedPrintable = (coded: string): string =>
  Buffer.from(
    coded
      .replaceAll('=\r\n', '')
      .replaceAll(/=([\dA-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
    'latin1',
  ).toString();
