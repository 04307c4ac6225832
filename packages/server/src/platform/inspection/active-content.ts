import { runTool } from './run-tool.ts';

export type ActiveContent = { refused: 'script' | 'launch' | 'too_complex' } | { hints: string[] };

/** Objects without their streams, as JSON: even of a long drawing much less than this. */
const MOST_OUTPUT = 64 * 1024 * 1024;
/** qpdf's exit code when it could read the file but mended something on the way. */
const MENDED = 3;

/**
 * What a PDF would do by itself. All objects are listed by qpdf, those in compressed object streams and names written with escapes
 * (`/J#61vaScript`) included. In its JSON a name stands as `"/Name"` and no text does, since texts begin with `u:` or `b:`; so looking for
 * a name finds exactly the names, also one that is referred to from elsewhere.
 */
export async function activeContentOf(path: string): Promise<ActiveContent> {
  const args = ['--json=2', '--json-key=qpdf', '--json-stream-data=none', path];
  const listed = await runTool('qpdf', args, { outputBytes: MOST_OUTPUT });
  if (listed.ended === 'missing') return { hints: ['服务器没有安装 qpdf，没有核对文件里是否带有脚本'] };
  if (listed.ended === 'stopped') return { refused: 'too_complex' };
  const names = listed.stdout.toString('latin1');
  const has = (name: string): boolean => names.includes(`"/${name}"`);
  if (has('JavaScript') || (has('Rendition') && has('JS'))) return { refused: 'script' };
  if (has('Launch')) return { refused: 'launch' };
  return {
    hints: [
      ...(has('EmbeddedFile') || has('EmbeddedFiles') ? ['文件里还嵌有其他文件，审核人看不到它们'] : []),
      ...(has('XFA') ? ['文件是动态表单，审核人可能看不到填写的内容，建议“打印为 PDF”后上传'] : []),
      ...(listed.ended === 'badly' && listed.code !== MENDED
        ? ['文件结构有错误，有的阅读软件可能打不开，建议重新生成']
        : []),
    ],
  };
}
