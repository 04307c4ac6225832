import type { ReactNode } from 'react';
import { formatBytes } from '../text/bytes.ts';
import { momentOf } from '../text/beijing-time.ts';
import type { Attachment, RoundDefinition } from '../api/types.ts';
import type { Choices } from '../form/choices.ts';
import { valueText } from '../form/value-text.ts';
import { EmptyState } from '../kit/index.ts';
import { FilePreview } from './file-preview.tsx';
import { InspectionTag } from './inspection-tag.tsx';
import type { Application, MaterialDefinition } from '@keshen/rules';

type Props = {
  attachments: readonly Attachment[];
  definition: RoundDefinition;
  choices: Choices;
  application: Application;
  /** What stands beside a material: a reviewer's mark. */
  beside?: (material: string, label: string) => ReactNode;
};

/** All files of an application by material, to read and open. */
export function AttachmentList({ attachments, definition, choices, application, beside }: Props) {
  if (attachments.length === 0) return <EmptyState title="没有附件" />;
  return (
    <>
      {definition.compiled.materials.map((material) => {
        const files = attachments.filter((file) => file.material === material.key);
        if (files.length === 0) return null;
        return (
          <div key={material.key} className="kp-material">
            <h3>
              {material.title} {beside?.(material.key, material.title)}
            </h3>
            {files.map((file) => (
              <FileLine key={file.id} file={file}>
                <FileFacts {...{ file, material, choices, application }} />
              </FileLine>
            ))}
          </div>
        );
      })}
    </>
  );
}

type LineProps = { file: Attachment; id?: string; tools?: ReactNode; children?: ReactNode };

export function FileLine({ file, id, tools, children }: LineProps) {
  return (
    <div className="kp-file" id={id}>
      <a href={`/api/attachments/${file.id}`} target="_blank" rel="noreferrer">
        {file.fileName}
        <span className="ks-hidden">（在新标签页打开）</span>
      </a>
      <span className="kp-file__size">
        {file.pages ? `${file.pages} 页，` : ''}
        {formatBytes(file.bytes)}，{momentOf(file.storedAt)} 存妥
      </span>
      <span className="kp-file__tools">
        <InspectionTag inspection={file.inspection} />
        <FilePreview file={file} />
        {tools}
      </span>
      {file.inspection.notes.length > 0 && (
        <ul className="kp-file__notes">
          {file.inspection.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}

type FactsProps = { file: Attachment; material: MaterialDefinition; choices: Choices; application: Application };

function FileFacts({ file, material, choices, application }: FactsProps) {
  const told = material.facts.filter((fact) => file.facts[fact.key] !== undefined);
  if (told.length === 0) return null;
  return (
    <dl className="ks-facts kp-file__facts">
      {told.map((fact) => (
        <div key={fact.key}>
          <dt>{fact.label}</dt>
          <dd>{valueText(fact, file.facts[fact.key], choices, application)}</dd>
        </div>
      ))}
    </dl>
  );
}
