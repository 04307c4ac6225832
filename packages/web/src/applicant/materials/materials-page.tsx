import { Link } from 'react-router';
import { useMarks } from '../../api/review-queries.ts';
import { useJudged } from '../../form/judgement.ts';
import { anchorOf } from '../../form/paths.ts';
import { kindOf } from '../../form/verdict-kind.ts';
import { VerdictNote } from '../../form/verdict-notes.tsx';
import { EmptyState, Page, Panel, Tag, type Tone } from '../../kit/index.ts';
import type { Attachment, MaterialsView } from '../../api/types.ts';
import { useOpenApplication } from '../application-context.ts';
import { MarksAt } from '../marks.tsx';
import { EarlierFiles, FailedFile } from './earlier-files.tsx';
import { FileItem } from './file-item.tsx';
import { slotsOf, stateOf, type Slot, type SlotState } from './slots.ts';
import { Uploader } from './uploader.tsx';
import { useAttachments } from './use-attachments.ts';
import { useMaterials } from './use-materials.ts';

/** The papers to bring: which, why, what is there already. */
export default function MaterialsPage() {
  const { session, application } = useOpenApplication();
  if (session) return <Materials />;
  return (
    <Page title="附件材料">
      <EmptyState
        title="现在不能上传或删除附件"
        action={<Link to={`/applications/${application.id}`}>查看申报书和附件</Link>}
      />
    </Page>
  );
}

function Materials() {
  const { application, definition } = useOpenApplication();
  const { materials } = definition.compiled;
  const verdicts = useJudged((judgement) => judgement.verdicts);
  const required = useJudged((judgement) => judgement.materials);
  const around = useMaterials();
  const marks = useMarks(application.id).data?.items;
  const slots = slotsOf({ materials, required, attachments: application.attachments, verdicts });
  const shown = slots.filter((slot) => stateOf(slot) !== 'not_needed');
  const not = slots.filter((slot) => stateOf(slot) === 'not_needed');
  return (
    <Page
      title="附件材料"
      tab={`附件材料 · ${application.title || '未命名的申报书'}`}
      lead="要交哪些，由通知和您填写的内容决定；内容改了，这里会跟着变。"
    >
      {shown.length === 0 && (
        <Panel>
          <EmptyState title="现在没有要交的附件">填完申报书各部分后再来看看。</EmptyState>
        </Panel>
      )}
      {materials.map((material) => {
        const here = shown.filter((slot) => slot.material.key === material.key);
        const [first] = here;
        if (!first) return null;
        return (
          <Panel
            key={material.key}
            id={anchorOf(`materials.${material.key}`)}
            title={material.title}
            aside={<span className="ks-clause">通知{first.entry.clause.at}</span>}
            note={material.help}
          >
            <MarksAt marks={marks} path={`materials.${material.key}`} />
            {here.map((slot) => (
              <SlotView key={slot.key} slot={slot} around={around} />
            ))}
          </Panel>
        );
      })}
      {not.length > 0 && (
        <Panel title="按现在填写的内容不需要交的">
          <ul className="ka-windows">
            {not.map((slot) => (
              <li key={slot.key}>
                <strong>{slot.material.title}</strong>
                {slot.entry.why}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  );
}

const STATE: Record<SlotState, { tone: Tone; text: string }> = {
  against: { tone: 'bad', text: '不符合' },
  there: { tone: 'good', text: '已交' },
  untold: { tone: 'wait', text: '已上传，请补填下面的内容' },
  more: { tone: 'wait', text: '还不够' },
  missing: { tone: 'wait', text: '未交' },
  wanted: { tone: 'plain', text: '可交可不交' },
  unknown: { tone: 'plain', text: '还不能确定要不要交' },
  not_needed: { tone: 'plain', text: '不需要' },
};

/** What lies at this place besides the files that count. */
const belongingTo = <T extends { material: string; row?: string | null }>(
  { material, entry }: Slot,
  files: readonly T[] = [],
) => files.filter((file) => file.material === material.key && (file.row ?? undefined) === entry.row);

function SlotView({ slot, around }: { slot: Slot; around: MaterialsView | undefined }) {
  const { words, go } = useOpenApplication();
  const change = useAttachments();
  const { material, entry, files, verdicts, path } = slot;
  const { tone, text } = STATE[stateOf(slot)];
  // What is said of one file stands beside that file.
  const findings = verdicts.filter((verdict) => {
    const kind = kindOf(verdict);
    if (!verdict.fields.includes(path)) return false;
    return kind !== 'met' && kind !== 'void' && kind !== 'missing' && kind !== 'waiting';
  });
  // A material asked per row has no place before there is a row.
  const open = !material.forEach || entry.row !== undefined;
  const earlier = belongingTo(slot, around?.earlier);
  const [latest] = earlier;
  const replaces = material.max === 1 && files.length > 0;
  // The server puts a new file into the place of the only one.
  const arrived = (file: Attachment) =>
    change((attachments) => [
      ...attachments.filter(({ id }) => !(replaces && files.some((other) => other.id === id))),
      file,
    ]);
  return (
    <div className="ka-slot" id={entry.row ? anchorOf(path) : undefined} data-slot={path}>
      <p className="ka-slot__head">
        {entry.rowLabel && <strong>{entry.rowLabel}</strong>}
        <Tag tone={tone}>{text}</Tag>
        <span>{entry.why}</span>
      </p>
      {findings.map((verdict) => (
        <VerdictNote key={verdict.rule} verdict={verdict} words={words} onGo={go} />
      ))}
      {files.map((file) => (
        <FileItem key={file.id} file={file} material={material} />
      ))}
      {files.length === 0 && latest?.inspection.state === 'failed' && <FailedFile file={latest} />}
      {open && (replaces || files.length < material.max) && (
        <Uploader
          material={material}
          row={entry.row}
          of={entry.rowLabel}
          replaces={replaces}
          unfinished={belongingTo(slot, around?.unfinished)}
          onArrived={arrived}
        />
      )}
      {earlier.length > 0 && <EarlierFiles files={earlier} onRestored={arrived} />}
    </div>
  );
}
