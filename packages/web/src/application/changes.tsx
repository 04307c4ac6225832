import type { ReactNode } from 'react';
import { Tag, type Tone } from '../kit/index.ts';
import { formatBytes } from '../text/bytes.ts';
import type { AttachmentChange, Change, TextPart } from './comparison.ts';

const KINDS: Record<Change['kind'], { tone: Tone; text: string }> = {
  added: { tone: 'good', text: '新增' },
  removed: { tone: 'bad', text: '删去' },
  changed: { tone: 'wait', text: '修改' },
  moved: { tone: 'plain', text: '次序变了' },
};

/** Each entry that differs, with what it was and what it is; colour, line and a word for those who do not see the colour. */
export const Changes = ({ changes }: { changes: readonly Change[] }) => (
  <ul className="kc-changes">
    {changes.map((change) => (
      <li key={`${change.path}-${change.kind}`}>
        <p className="kc-label">
          <strong>{change.label}</strong> <Tag tone={KINDS[change.kind].tone}>{KINDS[change.kind].text}</Tag>
        </p>
        <Shown change={change} />
      </li>
    ))}
  </ul>
);

function Shown({ change: { kind, before, after, parts, cells } }: { change: Change }) {
  if (cells)
    return (
      <dl className="ks-facts">
        {cells.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{kind === 'removed' ? <del>{value}</del> : value}</dd>
          </div>
        ))}
      </dl>
    );
  if (kind === 'moved') return null;
  if (parts) return <p className="kc-text">{parts.map(part)}</p>;
  return (
    <p className="kc-text">
      {before === undefined ? <span className="ks-none">未填</span> : <del>{before}</del>}
      <span aria-label="改为"> → </span>
      {after === undefined ? <span className="ks-none">未填</span> : <ins>{after}</ins>}
    </p>
  );
}

/** The parts of one text never change places, so that their place names them. */
function part({ kind, text }: TextPart, index: number): ReactNode {
  const key = `${index}-${kind}`;
  if (kind === 'removed') return <del key={key}>{text}</del>;
  return kind === 'added' ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>;
}

const FILE_KINDS: Record<AttachmentChange['kind'], { tone: Tone; text: string }> = {
  added: KINDS.added,
  removed: KINDS.removed,
  replaced: { tone: 'wait', text: '换了文件' },
  facts: { tone: 'plain', text: '文件没有变，所填情况改了' },
};

export const AttachmentChanges = ({ attachments }: { attachments: readonly AttachmentChange[] }) => (
  <ul className="kc-changes">
    {attachments.map(({ title, kind, before, after, facts }) => (
      <li key={`${title}-${before?.sha256}-${after?.sha256}`}>
        <p className="kc-label">
          <strong>{title}</strong> <Tag tone={FILE_KINDS[kind].tone}>{FILE_KINDS[kind].text}</Tag>
        </p>
        {kind !== 'facts' && (
          <p className="kc-text">
            {before && <del>{file(before)}</del>}
            {before && after && <span aria-label="换成"> → </span>}
            {after && <ins>{file(after)}</ins>}
          </p>
        )}
        {facts.length > 0 && <Changes changes={facts} />}
      </li>
    ))}
  </ul>
);

const file = ({ fileName, bytes, pages, sha256 }: NonNullable<AttachmentChange['before']>): string =>
  [fileName, pages && `${pages}页`, formatBytes(bytes), `校验值 ${sha256.slice(0, 12)}…`].filter(Boolean).join('，');
