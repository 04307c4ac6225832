import { beforeAll, expect, test } from 'vitest';
import type { SealAuthority } from './authority.ts';
import { readMessage, toBeSigned } from './crypto/cms.ts';
import { type DetachedSignature, signDetached, verifyDetached } from './sign-detached.ts';
import {
  ask,
  installed,
  lead,
  leadOrder,
  ORDERED,
  rehearsalAuthority,
  tablePdf,
  temporaryDirectory,
  value,
} from './test-bench.ts';
import { sealDocument } from './seal-document.ts';
import { readSignatures } from './pdf/read-signatures.ts';

const directory = temporaryDirectory();
const order = { subject: lead, rehearsal: true, at: ORDERED };
let authority: SealAuthority;
let file: Uint8Array;
let signed: DetachedSignature;
beforeAll(async () => {
  authority = await rehearsalAuthority(`${directory}/keys`);
  file = value(await sealDocument(authority, tablePdf(), leadOrder)).bytes;
  signed = value(await signDetached(authority, file, order));
});
const verify = (bytes: Uint8Array, message: Uint8Array) =>
  verifyDetached(bytes, message, { anchors: authority.anchors, at: ORDERED });

test('the SM2 signature says who, when and that the file is the same', () => {
  expect(verify(file, signed.message)).toMatchObject({
    signer: '内蒙古某某草原生态科学研究院',
    claimedAt: ORDERED,
    timestamp: { at: ORDERED },
    intact: true,
    trust: { trusted: true, rehearsal: true, anchor: '科申演练根证书（SM2）' },
    sound: true,
  });
});

test('another file, or another signature, is found', () => {
  const other = Buffer.from(file);
  other.writeUInt8(other.readUInt8(50) ^ 1, 50);
  expect(verify(other, signed.message)).toMatchObject({ intact: false, sound: false });
  const forged = Buffer.from(signed.message);
  const at = forged.indexOf(readMessage(signed.message)?.signature ?? '') + 20;
  forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
  expect(verify(file, forged)?.sound).toBe(false);
  expect(verify(file, Buffer.from('not a signature'))).toBeUndefined();
});

test('a signature of a PDF is not taken for one of SM2', async () => {
  const [pades] = await readSignatures(file);
  expect(verify(file, pades?.message ?? Buffer.of())).toBeUndefined();
});

test('each signature is another, and both hold', async () => {
  const again = value(await signDetached(authority, file, order));
  expect(again.message.equals(signed.message)).toBe(false);
  expect(verify(file, again.message)?.sound).toBe(true);
});

test.skipIf(!installed('openssl'))(
  'openssl agrees on SM3, on the signature with Z, and on every link of the SM2 chain',
  () => {
    const read = readMessage(signed.message);
    if (!read) throw new Error('unreadable');
    const chain = read.certificates.map((one) => new Uint8Array(one.toSchema().toBER()));
    const messageDigest = Buffer.from(signed.sm3, 'hex');
    const { attributes } = toBeSigned({ algorithm: 'sm2-sm3', chain, messageDigest, signingTime: ORDERED });
    const [holder, issuing, root] = chain;
    const files = {
      file,
      attributes,
      signature: read.signature,
      holder: holder ?? Buffer.of(),
      issuing: issuing ?? Buffer.of(),
      root: root ?? Buffer.of(),
    };
    expect(ask(directory, files, 'openssl', 'dgst', '-sm3', 'file')).toContain(signed.sm3);
    for (const name of ['holder', 'issuing', 'root'])
      ask(directory, {}, 'openssl', 'x509', '-inform', 'DER', '-in', name, '-out', `${name}.pem`);
    ask(directory, {}, 'sh', '-c', 'openssl x509 -in holder.pem -noout -pubkey > key.pem');
    const id = 'distid:1234567812345678';
    const check = [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      'key.pem',
      '-in',
      'attributes',
      '-rawin',
      '-digest',
      'sm3',
    ];
    expect(ask(directory, {}, 'openssl', ...check, '-sigfile', 'signature', '-pkeyopt', id)).toContain(
      'Verified Successfully',
    );
    // Its chain building gives the user id to the last certificate only, so each link is asked for by itself.
    for (const [certificate, issuer] of [
      ['holder', 'issuing'],
      ['issuing', 'root'],
    ] as const) {
      const options = ['verify', '-attime', String(ORDERED.getTime() / 1000), '-vfyopt', id, '-partial_chain'];
      expect(ask(directory, {}, 'openssl', ...options, '-trusted', `${issuer}.pem`, `${certificate}.pem`)).toContain(
        ': OK',
      );
    }
  },
);
