import { createHash } from 'node:crypto';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { beforeAll, expect, test } from 'vitest';
import type { SealAuthority, SigningRequest } from './authority.ts';
import { openLocalAuthority } from './local/local-authority.ts';
import { readMessage } from './crypto/cms.ts';
import { nameSeal } from './drawing/name-seal.ts';
import { lookUpSeal } from './look-up-seal.ts';
import { fieldOf } from './pdf/fields.ts';
import { placeSeal } from './pdf/place-seal.ts';
import { readSignatures } from './pdf/read-signatures.ts';
import { sealDocument } from './seal-document.ts';
import { signPlaced } from './sign-placed.ts';
import {
  ask,
  installed,
  leadOrder,
  ORDERED,
  printedPdf,
  rehearsalAuthority,
  representativeOrder,
  tablePdf,
  temporaryDirectory,
  value,
} from './test-bench.ts';
import { verifyDocument } from './verify-document.ts';

const directory = temporaryDirectory();
let authority: SealAuthority;
let print: Buffer;
let once: Uint8Array;
let twice: Uint8Array;
beforeAll(async () => {
  authority = await rehearsalAuthority(`${directory}/keys`);
  print = await printedPdf();
  once = value(await sealDocument(authority, print, leadOrder)).bytes;
  twice = value(await sealDocument(authority, once, representativeOrder)).bytes;
});

const verify = (bytes: Uint8Array) => verifyDocument(bytes, { anchors: authority.anchors, at: ORDERED });
const pem = (der: Uint8Array) =>
  Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  );

test('both seals are sound: who, when by the time-stamp, what is covered, from which root', async () => {
  const report = await verify(twice);
  expect(report).toMatchObject({ sound: true, problem: undefined });
  expect(report.signatures).toMatchObject([
    {
      kind: 'leadOrganisation',
      signer: '内蒙古某某草原生态科学研究院',
      reason: '申报单位审核盖章（演练）',
      claimedAt: ORDERED,
      timestamp: { at: ORDERED, by: '科申演练时间戳', trust: { trusted: true } },
      intact: true,
      coverage: 'later_seals',
      trust: { trusted: true, rehearsal: true },
    },
    { kind: 'legalRepresentative', signer: '乌云其木格', coverage: 'whole', intact: true, sound: true },
  ]);
  expect(report.signatures[0]?.findings).toEqual([
    '内蒙古某某草原生态科学研究院于2025年11月18日 10:00签章。',
    '时间由科申演练时间戳证明。',
    '签章所覆盖的内容没有改动。',
    '签章之后只加盖了其他电子印章，内容没有改动。',
    '证书由演练印章机构签发，没有法律效力。',
  ]);
});

test('a sealed file leads back to the print that it was made from', async () => {
  const hash = createHash('sha256').update(print).digest('hex');
  expect((await verify(twice)).sourceSha256).toBe(hash);
  expect(Buffer.from(twice).subarray(0, once.length).equals(once)).toBe(true);
  expect(Buffer.from(once).subarray(0, print.length).equals(print)).toBe(true);
});

test('a seal that is there already comes back as it is, and nobody is asked to sign', async () => {
  const silent: SealAuthority = { ...authority, sign: () => Promise.reject(new Error('asked')) };
  const again = value(await sealDocument(silent, twice, leadOrder));
  expect(again).toMatchObject({ already: true, signature: { kind: 'leadOrganisation', sound: true } });
  expect(again.bytes).toBe(twice);
});

test('an interrupted sealing asks again for the same signature under the same name', async () => {
  const requests: SigningRequest[] = [];
  const failing: SealAuthority = {
    ...authority,
    sign: (request) => {
      requests.push(request);
      return authority.sign(request);
    },
    timestamp: () => Promise.reject(new Error('the time-stamping service is down')),
  };
  await expect(sealDocument(failing, print, leadOrder)).rejects.toThrow('is down');
  const repaired: SealAuthority = { ...failing, timestamp: authority.timestamp };
  const { bytes } = value(await sealDocument(repaired, print, leadOrder));
  expect(requests).toHaveLength(2);
  expect(requests[0]?.requestId).toBe(requests[1]?.requestId);
  expect(Buffer.from(requests[0]?.digest ?? []).equals(requests[1]?.digest ?? Buffer.of())).toBe(true);
  expect((await verify(bytes)).sound).toBe(true);
});

test('every byte that a seal covers is covered: one flipped is found, wherever it is', async () => {
  const [first, second] = (await readSignatures(twice)).map(({ range }) => range);
  if (!first || !second) throw new Error('two seals expected');
  // All of the structure around the seals, and places throughout the file; the first seal's own bytes are covered by the second.
  const places = [...Array(24).keys()].map((index) => Math.floor((second.gapStart * index) / 24));
  places.push(first.gapStart + 101, first.gapEnd - 2, second.gapEnd + 5, twice.length - 2);
  for (const place of places) {
    const flipped = Buffer.from(twice);
    flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place);
    expect((await verify(flipped)).sound, `byte ${place}`).toBe(false);
  }
});

test('what is appended behind the last seal is a change', async () => {
  const report = await verify(Buffer.concat([twice, Buffer.from('\n% one more line\n')]));
  expect(report.signatures.map(({ coverage, intact }) => ({ coverage, intact }))).toEqual([
    { coverage: 'changed_after', intact: true },
    { coverage: 'changed_after', intact: true },
  ]);
  expect(report.signatures[1]?.findings).toContain('签章之后文件又有改动。');
});

test('a page replaced behind the first seal is found, even when a second, genuine seal covers the replacement', async () => {
  const document = await PDFDocument.load(once, { updateMetadata: false, forIncrementalUpdate: true });
  const page = document.getPage(0);
  page.node.set(PDFName.of('Contents'), document.context.register(document.context.flateStream('0 0 300 300 re f')));
  document.context.snapshot?.markRefForSave(page.ref);
  const altered = await document.save();
  expect((await verify(altered)).signatures[0]?.coverage).toBe('changed_after');

  const refusal = await sealDocument(authority, altered, representativeOrder);
  expect(refusal).toMatchObject({ ok: false, refusal: { code: 'sealed_document_unsound' } });

  // Somebody with the representative's key and a program of his own.
  const { subject, rehearsal, at, place, reason } = representativeOrder;
  const { credential, holder } = value(
    await lookUpSeal(authority, { subject, algorithm: 'rsa-sha256', rehearsal, at }),
  );
  const placed = await placeSeal(altered, {
    field: fieldOf(subject.kind),
    drawing: nameSeal({ name: holder, rehearsal }),
    place,
    description: '',
    signer: holder,
    reason,
    at,
    source: { sha256: '', length: 0 },
  });
  const report = await verify(await signPlaced(authority, credential, placed, 'of his own'));
  expect(report.signatures).toMatchObject([
    { kind: 'leadOrganisation', intact: true, coverage: 'changed_after', sound: false },
    { kind: 'legalRepresentative', intact: true, coverage: 'whole' },
  ]);
});

test('an entry of the catalogue changed behind a seal is a change', async () => {
  const document = await PDFDocument.load(once, { updateMetadata: false, forIncrementalUpdate: true });
  document.catalog.set(PDFName.of('Lang'), PDFString.of('en'));
  const report = await verify(await document.save());
  expect(report.signatures[0]).toMatchObject({ intact: true, coverage: 'changed_after', sound: false });
});

test('a seal of a stranger is intact, but not trusted', async () => {
  const stranger = await rehearsalAuthority(`${directory}/stranger`);
  const report = await verifyDocument(twice, { anchors: stranger.anchors, at: ORDERED });
  expect(report.sound).toBe(false);
  expect(report.signatures[0]).toMatchObject({ intact: true, trust: { trusted: false } });
  expect(report.signatures[0]?.findings.join('')).toContain('不在受信任的机构之列');
});

test('what is no PDF, or carries no seal, is said to be so', async () => {
  expect((await verify(Buffer.from('登录页'))).problem).toContain('读不出');
  expect(await verify(print)).toMatchObject({ sound: false, signatures: [], problem: '这份文件没有电子签章。' });
});

test('a file with a classical cross-reference table is sealed with one', async () => {
  const { bytes } = value(await sealDocument(authority, tablePdf(), leadOrder));
  const both = value(await sealDocument(authority, bytes, representativeOrder)).bytes;
  expect((await verify(both)).sound).toBe(true);
  expect(
    Buffer.from(both)
      .toString('latin1')
      .match(/\nxref\n/g),
  ).toHaveLength(3);
});

test('a name that the seal font cannot draw is refused by its characters', async () => {
  const organisation = { ...leadOrder.subject.organisation, name: '某某😀研究院' };
  const subject = { ...leadOrder.subject, organisation };
  value(await authority.issue(subject, 'rsa-sha256', true));
  expect(await sealDocument(authority, print, { ...leadOrder, subject })).toMatchObject({
    ok: false,
    status: 422,
    refusal: { code: 'missing_characters', message: '印章上有1个字画不出来：😀。' },
  });
});

test('a certificate that ends before the time-stamp is given seals nothing', async () => {
  const now = new Date('2028-01-01T00:00:00Z');
  const late = await openLocalAuthority({
    directory: `${directory}/keys`,
    production: false,
    clock: { now: () => now },
  });
  expect(await sealDocument(late, print, leadOrder)).toMatchObject({
    ok: false,
    refusal: { code: 'seal_certificate_untrusted', message: expect.stringContaining('没有盖成') },
  });
});

test.skipIf(!installed('pdfsig'))('pdfsig finds both seals valid, and the first invalid after one flipped byte', () => {
  const said = ask(directory, { 'twice.pdf': twice }, 'pdfsig', 'twice.pdf');
  expect(said.match(/Signature is Valid/g)).toHaveLength(2);
  expect(said.match(/ETSI\.CAdES\.detached/g)).toHaveLength(2);
  expect(said.match(/Total document signed/g)).toHaveLength(1);
  const flipped = Buffer.from(twice);
  const place = print.indexOf('stream') + 40;
  flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place);
  expect(ask(directory, { 'flipped.pdf': flipped }, 'pdfsig', 'flipped.pdf')).toMatch(/Digest Mismatch/i);
});

test.skipIf(!installed('qpdf'))(
  'qpdf finds no errors, in a file with a cross-reference stream or with a table',
  async () => {
    const table = value(await sealDocument(authority, tablePdf(), leadOrder)).bytes;
    const both = value(await sealDocument(authority, table, representativeOrder)).bytes;
    for (const bytes of [once, twice, table, both]) {
      const said = ask(directory, { 'sealed.pdf': bytes }, 'qpdf', '--check', 'sealed.pdf');
      expect(said).toContain('No syntax or stream encoding errors found');
      expect(said).not.toMatch(/WARNING/);
    }
  },
);

test.skipIf(!installed('openssl'))(
  'openssl verifies each as CAdES from the root, and the time-stamp over the signature',
  async () => {
    const root = pem(authority.anchors[0]?.certificate ?? Buffer.of());
    for (const { range, message } of await readSignatures(twice)) {
      if (!range) throw new Error('no range');
      const content = Buffer.concat([twice.subarray(0, range.gapStart), twice.subarray(range.gapEnd, range.end)]);
      const read = readMessage(message);
      const files = {
        'root.pem': root,
        content,
        'signature.der': message,
        'token.der': read?.timestampToken ?? Buffer.of(),
        value: read?.signature ?? Buffer.of(),
      };
      const cms =
        'cms -verify -cades -binary -inform DER -in signature.der -content content -purpose any -CAfile root.pem -out out';
      // The certificates are of the rehearsal's day.
      const day = ['-attime', String(ORDERED.getTime() / 1000)];
      expect(ask(directory, files, 'sh', '-c', `openssl ${cms} ${day.join(' ')} 2>&1`)).toContain(
        'CAdES Verification successful',
      );
      const ts = 'ts -verify -token_in -in token.der -data value -CAfile root.pem';
      expect(ask(directory, {}, 'sh', '-c', `openssl ${ts} ${day.join(' ')} 2>&1`)).toContain('Verification: OK');
    }
  },
);
