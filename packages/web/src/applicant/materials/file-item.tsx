import type { CellValue, FormField, MaterialDefinition } from '@keshen/rules';
import { useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import type { Attachment, Refusal } from '../../api/types.ts';
import { FileLine } from '../../application/attachments.tsx';
import { useFindingsAt, useJudged } from '../../form/judgement.ts';
import { anchorOf } from '../../form/paths.ts';
import { VerdictNotes } from '../../form/verdict-notes.tsx';
import { kindOf } from '../../form/verdict-kind.ts';
import { isGroup, WIDGETS } from '../../form/widgets/index.ts';
import { Button, ConfirmDialog, DeleteIcon, RefusalNotice, Required, useDelayedSave } from '../../kit/index.ts';
import { useOpenApplication } from '../application-context.ts';
import { useAttachments } from './use-attachments.ts';
import { useRefreshMaterials } from './use-materials.ts';

/** One stored file: open it, say what the call asks about it, or take it away. */
export function FileItem({ file, material }: { file: Attachment; material: MaterialDefinition }) {
  const change = useAttachments();
  const refresh = useRefreshMaterials();
  const { words } = useOpenApplication();
  const [deleting, setDeleting] = useState(false);
  const path = `materials.${material.key}[${file.id}]`;
  const findings = useFindingsAt(path);
  return (
    <FileLine
      file={file}
      id={anchorOf(path)}
      tools={
        <Button
          type="text"
          size="small"
          icon={<DeleteIcon aria-hidden />}
          aria-label={`删除 ${file.fileName}`}
          onClick={() => setDeleting(true)}
        >
          删除
        </Button>
      }
    >
      <VerdictNotes path={path} verdicts={findings} words={words} asked={false} />
      {material.facts.length > 0 && <FileFacts file={file} material={material} />}
      <ConfirmDialog
        title="删除附件"
        confirm="删除"
        danger
        open={deleting}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          const answer = await call('DELETE', `/attachments/${file.id}`);
          if (answer.ok) {
            change((attachments) => attachments.filter((other) => other.id !== file.id));
            await refresh();
          }
          return answer;
        }}
      >
        <p>删除“{file.fileName}”后，这里就没有这份材料了；删错了可以从“以前的版本”恢复。</p>
      </ConfirmDialog>
    </FileLine>
  );
}

/** What the call asks beside the file: kind of agreement, date of signing, languages, … Saved as it is filled in. */
function FileFacts({ file, material }: { file: Attachment; material: MaterialDefinition }) {
  const change = useAttachments();
  const [facts, setFacts] = useState<Record<string, CellValue>>(file.facts);
  const [refusal, setRefusal] = useState<Refusal>();
  const newest = useRef(facts);

  const save = async () => {
    const answer = await call<Attachment>('PATCH', `/attachments/${file.id}`, { body: { facts: newest.current } });
    setRefusal(answer.ok ? undefined : answer.refusal);
  };
  const saving = useDelayedSave(save);

  const put = (key: string, value: CellValue | undefined) => {
    const { [key]: _old, ...others } = newest.current;
    newest.current = value === undefined ? others : { ...others, [key]: value };
    setFacts(newest.current);
    change((attachments) =>
      attachments.map((other) => (other.id === file.id ? { ...other, facts: newest.current } : other)),
    );
    saving.soon();
  };

  return (
    <>
      <div className="ka-filefacts">
        {material.facts.map((fact) => (
          <Fact
            key={fact.key}
            file={file}
            fact={fact}
            value={facts[fact.key]}
            onChange={(value) => put(fact.key, value)}
          />
        ))}
      </div>
      {refusal && <RefusalNotice refusal={refusal} retry={saving.now} />}
    </>
  );
}

type FactProps = {
  file: Attachment;
  fact: FormField;
  value: CellValue | undefined;
  onChange: (value: CellValue | undefined) => void;
};

function Fact({ file, fact, value, onChange }: FactProps) {
  const { choices, session, words, asked, go } = useOpenApplication();
  const [unread, setUnread] = useState<string>();
  const path = `materials.${file.material}[${file.id}].${fact.key}`;
  const findings = useFindingsAt(path);
  const [hidden, required] = useJudged((judgement) => `${judgement.hidden.has(path)},${judgement.required.has(path)}`)
    .split(',')
    .map((flag) => flag === 'true');
  if (fact.type === 'table' || hidden) return null;
  const Widget = WIDGETS[fact.type];
  const id = `fact-${file.id}-${fact.key}`;
  const options = choices.of(fact, session?.document.application() ?? {});
  const Label = isGroup(fact.type, options) ? 'span' : 'label';
  return (
    <div className="ks-field" id={anchorOf(path)}>
      {fact.type !== 'attest' && (
        <Label className="ks-field__label" id={`${id}-label`} {...(Label === 'label' ? { htmlFor: id } : {})}>
          {fact.label}
          {required && <Required />}
        </Label>
      )}
      <Widget
        id={id}
        field={fact}
        value={value}
        onChange={onChange}
        options={options}
        unread={unread}
        onUnread={setUnread}
        describedBy={fact.help ? `${id}-help` : undefined}
        invalid={findings.some((verdict) => kindOf(verdict) === 'against')}
      />
      {fact.help && (
        <p className="ks-field__help" id={`${id}-help`}>
          {fact.help}
        </p>
      )}
      <VerdictNotes path={path} verdicts={findings} words={words} asked={asked} onGo={go} />
    </div>
  );
}
