import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = { id: string; to: string; subject: string; text: string; headers: string };

export type TestMailServer = {
  port: number;
  /** Whatever was taken over, in the order of arrival. */
  received: Received[];
  /** Runs between the whole message and the answer "taken"; what it throws is answered instead. */
  beforeTaking: () => Promise<void> | void;
  /** Answers with this to a recipient; undefined: it is known. */
  refuse: (address: string) => { code: number; text: string } | undefined;
  stop(): Promise<void>;
};

/** A real SMTP server on a port of this machine, the same port again where one is given. */
export async function startMailServer(port = 0): Promise<TestMailServer> {
  const mail: TestMailServer = {
    port,
    received: [],
    beforeTaking: () => {},
    refuse: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
  const server = new SMTPServer({
    authOptional: true,
    // Connections that a sender keeps open end with it.
    closeTimeout: 50,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, answer) => {
      const no = mail.refuse(address);
      if (no) answer(Object.assign(new Error(no.text), { responseCode: no.code }));
      else answer();
    },
    onData: (stream, session, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const message = readMessage(Buffer.concat(chunks).toString(), session.envelope.rcptTo[0]?.address ?? '');
        mail.received.push(message);
        Promise.resolve()
          .then(() => mail.beforeTaking())
          .then(
            () => answer(),
            (error: Error) => {
              mail.received.splice(mail.received.indexOf(message), 1);
              answer(Object.assign(error, { responseCode: 451 }));
            },
          );
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  mail.port = (server.server.address() as AddressInfo).port;
  return mail;
}

/** Nodemailer writes one part of text, as it is, in quoted-printable or in base64. */
function readMessage(raw: string, to: string): Received {
  const split = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, split).replaceAll(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim() ?? '';
  return {
    to,
    headers,
    id: header('Message-ID'),
    subject: words(header('Subject')),
    text: body(raw.slice(split + 4), header('Content-Transfer-Encoding')).replaceAll('\r\n', '\n'),
  };
}

const quotedPrintable = (text: string): string =>
  Buffer.from(
    text
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();

function body(text: string, encoding: string): string {
  if (encoding.toLowerCase() === 'base64') return Buffer.from(text, 'base64').toString();
  return encoding.toLowerCase() === 'quoted-printable' ? quotedPrintable(text) : text;
}

/** RFC 2047: each coded word holds whole characters. */
const words = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, coded: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(coded, 'base64').toString()
        : quotedPrintable(coded.replaceAll('_', ' ')),
    );
