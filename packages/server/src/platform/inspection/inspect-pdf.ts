import { activeContentOf } from './active-content.ts';
import { greyPages } from './colour.ts';
import { pageOddities } from './page-sizes.ts';
import { runTool } from './run-tool.ts';

/** What looking at a PDF brought: usable, with its pages and what a person should know, or the reason why not. */
export type PdfInspection =
  { usable: true; pages?: number; hints: string[] } | { usable: false; reason: string; remedy: string };

/** The most pages whose sizes are listed. */
const PAGES_LISTED = 500;

/**
 * Reads a PDF with poppler and qpdf, each in a process of its own with limits. A missing tool is no reason to refuse: what could not be
 * looked at is said among the hints. `colour`: the material asks for a colour scan.
 */
export async function inspectPdf(path: string, { colour = false } = {}): Promise<PdfInspection> {
  const info = await runTool('pdfinfo', ['-f', '1', '-l', String(PAGES_LISTED), path]);
  if (info.ended === 'stopped') return tooComplex();
  if (info.ended === 'badly') {
    if (/password/i.test(info.stderr)) return encrypted();
    return unusable('文件已损坏，打不开', '请在本机打开确认后重新生成、重新上传。');
  }
  const said = info.ended === 'well' ? info.stdout.toString('latin1') : '';
  if (/^Encrypted:\s+yes/m.test(said)) return encrypted();
  const pages = Number(/^Pages:\s+(\d+)/m.exec(said)?.[1] ?? 0);
  if (info.ended === 'well' && pages < 1) return unusable('文件里没有页面', '请重新生成后上传。');

  const active = await activeContentOf(path);
  if ('refused' in active) return active.refused === 'too_complex' ? tooComplex() : refusalOf(active.refused);
  if (info.ended === 'missing') {
    return {
      usable: true,
      hints: [...active.hints, '服务器没有安装 poppler-utils，没有核对页数、幅面、颜色和文字层'],
    };
  }
  return {
    usable: true,
    pages,
    hints: [
      ...active.hints,
      ...pageOddities(said),
      ...(colour ? await greyHints(path, pages) : []),
      ...(colour ? [] : await textHints(path)),
    ],
  };
}

async function greyHints(path: string, pages: number): Promise<string[]> {
  const grey = await greyPages(path, pages);
  if (grey === undefined) return ['没有能核对是不是彩色扫描件'];
  if (grey.grey.length < grey.looked) return [];
  return [`要求彩色扫描件，这份看上去是黑白或灰度的（看了第${grey.grey.join('、')}页），请核对`];
}

/** Five pages tell whether it is a scan. Where a colour scan is asked for, a scan is what is wanted, and nothing is said. */
async function textHints(path: string): Promise<string[]> {
  const text = await runTool('pdftotext', ['-l', '5', '-q', path, '-']);
  if (text.ended !== 'well' || text.stdout.toString('utf8').trim() !== '') return [];
  return ['没有文字层，应是扫描件：请确认清晰可读'];
}

/** The text layer of a PDF, empty when it has none or poppler is not installed. Of a long file only the first 50 pages are read. */
export async function textOfPdf(path: string): Promise<string> {
  const text = await runTool('pdftotext', ['-l', '50', '-q', path, '-'], { outputBytes: 8 * 1024 * 1024 });
  return text.ended === 'well' ? text.stdout.toString('utf8') : '';
}

const unusable = (reason: string, remedy: string): PdfInspection => ({ usable: false, reason, remedy });
const encrypted = () => unusable('文件加了密码或权限限制', '请去掉密码和权限限制后重新上传。');
const tooComplex = () => unusable('文件过于复杂，检查没有在限定的时间和内存内完成', '请用“打印为 PDF”重新生成后上传。');
const refusalOf = (what: 'script' | 'launch') =>
  what === 'script'
    ? unusable('文件里带有脚本（JavaScript）', '请用“打印为 PDF”重新生成，脚本就不会带进来。')
    : unusable('文件里带有启动其他程序的动作', '请用“打印为 PDF”重新生成，动作就不会带进来。');
