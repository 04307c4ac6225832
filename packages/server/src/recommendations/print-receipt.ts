import { officialInstant } from '@keshen/rules';
import qrcode from 'qrcode';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { openList } from './open-list.ts';
import { pledgeOf } from './store-pledges.ts';
import { bytesOf } from './store.ts';

/** What was delivered when, with the checksum of each scan: for whoever may see the list, once it is delivered. */
export async function printDeliveryReceipt(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const opened = await openList(context.db, by, id);
  if (!opened.ok) return opened;
  const list = opened.value;
  if (!list.deliveredAt) {
    return refused(409, {
      code: 'not_delivered',
      message: '这份清单还没有报送，没有回执。',
      remedy: '报送以后再下载。',
    });
  }
  const { content, code, hash } = list;
  const rehearsal = content.mode === 'rehearsal';
  const pledge = await pledgeOf(context.db, list);
  const token = context.signer.tokenFor({ kind: 'list', rehearsal, id, hash, call: content.callKey });
  const verifyUrl = `${context.config.publicUrl}/v/${token}`;
  const scans = [
    { label: `盖章的${content.title}`, name: list.sealedScanName, sha256: list.sealedScan },
    { label: '推荐文件', name: list.letterName, sha256: list.letter },
    { label: pledge?.content.title ?? '', name: pledge?.scanName ?? null, sha256: pledge?.scan ?? null },
  ];
  const files = [];
  for (const { label, name, sha256 } of scans) {
    const stored = sha256 && (await bytesOf(context.db, sha256));
    if (stored) files.push({ label, name: name ?? '', bytes: `${stored.bytes} 字节`, sha256 });
  }
  const pdf = await context.documents.render({
    template: 'delivery-receipt',
    data: {
      documentTitle: `报送回执（${content.department}）`,
      author: list.authorityName,
      rehearsal,
      mark: { text: rehearsal ? '演练' : '', final: false },
      header: [content.department, '报送回执'],
      code,
      codeWord: '清单码',
      verifyUrl,
      authority: list.authorityName,
      facts: [
        { label: '申报通知', value: content.callTitle },
        { label: content.departmentWord, value: content.department },
        { label: '清单', value: `${content.title}（第${content.ordinal}次导出）` },
        { label: '清单码', value: code },
        { label: '项目数', value: `${content.entries.length} 项` },
        { label: '收到时刻', value: officialInstant(list.deliveredAt.getTime()) },
      ],
      files,
    },
    images: { 'qr.svg': await qrcode.toString(verifyUrl, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }) },
    createdAt: list.deliveredAt,
  });
  return ok({
    content: pdf.bytes,
    bytes: pdf.bytes.length,
    mediaType: 'application/pdf',
    fileName: `报送回执-${content.department}-${code}.pdf`,
  });
}
