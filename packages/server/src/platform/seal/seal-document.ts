import { createHash } from 'node:crypto';
import { ok, refused, type Refused, type Result } from '../http/result.ts';
import { type SealAuthority, type SealSubject, subjectInWords } from './authority.ts';
import { undrawable, type SealDrawing } from './drawing/lettering.ts';
import { nameSeal } from './drawing/name-seal.ts';
import { roundSeal } from './drawing/round-seal.ts';
import { lookUpSeal } from './look-up-seal.ts';
import { fieldOf, type Source } from './pdf/fields.ts';
import { drawSeals, placeSeal, type SealPlace } from './pdf/place-seal.ts';
import { readSignatures } from './pdf/read-signatures.ts';
import { signPlaced } from './sign-placed.ts';
import { type SignatureReport, verifyDocument } from './verify-document.ts';

/** One seal that is to be placed. Repeated with the same order, the same file comes to be signed. */
export type SealOrder = {
  subject: SealSubject;
  place: SealPlace;
  /** Stands in the signature and is shown by PDF readers. */
  reason: string;
  /** Lines under the star of the organisation's seal, such as 科技项目申报专用章; none on a name seal. */
  lines?: readonly string[];
  /** Writes 演练 into the seal, and decides which authority may act. */
  rehearsal: boolean;
  /** When the seal was ordered, not when it is tried: the certificate is judged by it and it is the time that the PDF claims. */
  at: Date;
};

export type SealedDocument = {
  bytes: Uint8Array;
  sha256: string;
  /** The file before its first seal: with the kind of seal it names the sealing. */
  sourceSha256: string;
  /** The document carried this seal before and comes back unchanged. */
  already: boolean;
  signature: SignatureReport;
};

/**
 * Seals a PDF: draws the seal, signs the file as PAdES B-T (ETSI EN 319 142-1: SubFilter ETSI.CAdES.detached, RFC 3161 time-stamp over the
 * signature) in an appended revision, and reads the result back before it is given out. A document carries each kind of seal once: one
 * that is there already comes back as it is, so that an interrupted sealing can simply be repeated. Refuses with a Chinese text; throws
 * when the authority cannot be reached, and then nothing has happened to the document.
 */
export async function sealDocument(
  authority: SealAuthority,
  bytes: Uint8Array,
  order: SealOrder,
): Promise<Result<SealedDocument>> {
  const { subject, rehearsal, at } = order;
  const field = fieldOf(subject.kind);
  const present = await readSignatures(bytes);
  if (present.length > 0) {
    const report = await verifyDocument(bytes, { anchors: authority.anchors, at });
    const unsound = report.signatures.find(({ sound }) => !sound);
    if (unsound) {
      return refused(409, {
        code: 'sealed_document_unsound',
        message: `这份文件上已有的签章没有通过验证，不能再加盖。${unsound.findings.join('')}`,
        remedy: '请重新生成申报书，再依次加盖全部印章。',
      });
    }
    const there = report.signatures.find((one) => one.field === field);
    if (there) return ok(sealed(bytes, sourceOf(bytes, present), true, there));
  }

  const usable = await lookUpSeal(authority, { subject, algorithm: 'rsa-sha256', rehearsal, at });
  if (!usable.ok) return usable;
  const cannotDraw = undrawableRefusal(order);
  if (cannotDraw) return cannotDraw;

  const source = sourceOf(bytes, present);
  const placed = await placeSeal(bytes, {
    field,
    drawing: drawingOf(order),
    place: order.place,
    description: `${rehearsal ? '演练：' : ''}${subjectInWords(subject)}`,
    signer: usable.value.holder,
    reason: order.reason,
    at,
    source,
  });
  const { credential } = usable.value;
  const signed = await signPlaced(authority, credential, placed, `${source.sha256}:${subject.kind}`);

  const report = await verifyDocument(signed, { anchors: authority.anchors, at });
  const signature = report.signatures.find((one) => one.field === field);
  if (signature?.intact && !signature.trust.trusted) {
    // Valid when the seal was ordered, not any more when the time-stamp was given.
    return refused(409, {
      code: 'seal_certificate_untrusted',
      message: `${subjectInWords(subject)}没有盖成：${signature.trust.problem}。`,
      remedy: `请向${authority.name}办好证书后重新签章。`,
    });
  }
  if (!signature || !report.sound)
    throw new Error(
      `the sealed file does not verify: ${report.signatures.flatMap(({ findings }) => findings).join('')}`,
    );
  return ok(sealed(signed, source, false, signature));
}

/**
 * The print with these seals drawn on it and nothing signed: what somebody looks at before sealing. It has no field of a signature, so that
 * no reader takes it for a sealed document. Refuses characters that cannot be drawn.
 */
export async function previewSeals(
  bytes: Uint8Array,
  seals: readonly Pick<SealOrder, 'subject' | 'place' | 'lines' | 'rehearsal'>[],
): Promise<Result<Buffer>> {
  for (const seal of seals) {
    const refusal = undrawableRefusal(seal);
    if (refusal) return refusal;
  }
  return ok(
    await drawSeals(
      bytes,
      seals.map((seal) => ({ drawing: drawingOf(seal), place: seal.place })),
    ),
  );
}

const drawingOf = ({ subject, lines, rehearsal }: Pick<SealOrder, 'subject' | 'lines' | 'rehearsal'>): SealDrawing =>
  subject.kind === 'leadOrganisation'
    ? roundSeal({ name: subject.organisation.name, lines: lines ?? [], rehearsal })
    : nameSeal({ name: subject.person, rehearsal });

function undrawableRefusal({ subject, lines = [] }: Pick<SealOrder, 'subject' | 'lines'>): Refused | undefined {
  const missing = undrawable(
    subject.kind === 'leadOrganisation' ? [subject.organisation.name, ...lines] : [subject.person],
  );
  if (missing.length === 0) return undefined;
  return refused(422, {
    code: 'missing_characters',
    message: `印章上有${missing.length}个字画不出来：${missing.join(' ')}。`,
    remedy: '请核对单位名称和法定代表人姓名；确有生僻字的，请联系系统管理员加装字库。',
  });
}

/** What the first seal recorded; of a file without seals, itself. */
const sourceOf = (bytes: Uint8Array, present: readonly { source: Source | undefined }[]): Source =>
  present.find(({ source }) => source)?.source ?? {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    length: bytes.length,
  };

const sealed = (bytes: Uint8Array, source: Source, already: boolean, signature: SignatureReport): SealedDocument => ({
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sourceSha256: source.sha256,
  already,
  signature,
});
