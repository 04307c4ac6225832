import type { SectionValue } from '@keshen/rules';
import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { changesOf } from '../form/changes.ts';
import { ChangesView } from '../form/changes-view.tsx';
import { Button, EmptyState, Loaded, Modal, Notice, Page, Panel, Select } from '../kit/index.ts';
import { dayOf, clockOf, momentOf } from '../text/beijing-time.ts';
import { useOpenApplication } from './application-context.ts';
import { useRevision, useSittings, type Sitting } from './drafts.ts';
import { useTakeOver } from './use-take-over.tsx';

const FIRST = 20;

/** 修改记录: who worked on which section when, what changed, and the way back to an earlier version. */
export default function HistoryPage() {
  const { application, definition, session } = useOpenApplication();
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('section') ?? '';
  const [shown, setShown] = useState(FIRST);
  const queries = useQueryClient();
  const sittings = useSittings(application.id);
  // What was typed a moment ago belongs to the history, too.
  useEffect(
    () =>
      session?.autosave.subscribe(() => {
        if (session.autosave.allSaved())
          void queries.invalidateQueries({ queryKey: ['application', application.id, 'sittings'] });
      }),
    [session, queries, application.id],
  );
  const sections = definition.compiled.form.sections;
  return (
    <Page
      title="修改记录"
      tab={`修改记录 · ${application.title || '未命名的申报书'}`}
      lead="每次保存都留着。可以看每次改了什么，也可以恢复到以前的版本；恢复也是一次保存，随时能再改回来。"
    >
      <Panel
        title="按时间"
        aside={
          <Select
            aria-label="只看这一部分"
            value={wanted}
            style={{ width: 240 }}
            options={[
              { value: '', label: '全部部分' },
              ...sections.map((section) => ({ value: section.key, label: section.title })),
            ]}
            onChange={(section) => setSearch(section ? { section } : {}, { replace: true })}
          />
        }
      >
        <Loaded query={sittings}>
          {({ items }) => {
            const here = items.filter((sitting) => !wanted || sitting.section === wanted);
            if (here.length === 0)
              return <EmptyState title="还没有保存过">开始填写后，每次修改都记在这里。</EmptyState>;
            return (
              <>
                <ol className="ka-sittings">
                  {here.slice(0, shown).map((sitting) => (
                    <SittingItem key={`${sitting.section} ${sitting.revision}`} sitting={sitting} />
                  ))}
                </ol>
                {here.length > shown && (
                  <Button onClick={() => setShown(shown + FIRST)}>再看更早的（还有 {here.length - shown} 次）</Button>
                )}
              </>
            );
          }}
        </Loaded>
      </Panel>
    </Page>
  );
}

/** `2026年5月18日 17:30—17:42` */
const spanOf = ({ startedAt, savedAt }: Sitting): string => {
  const [start, end] = [momentOf(startedAt), momentOf(savedAt)];
  if (start === end) return end;
  return dayOf(startedAt) === dayOf(savedAt)
    ? `${start}—${clockOf(Date.parse(savedAt)).slice(0, 5)}`
    : `${start}—${end}`;
};

function SittingItem({ sitting }: { sitting: Sitting }) {
  const { definition, session } = useOpenApplication();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const section = definition.compiled.form.sections.find(({ key }) => key === sitting.section);
  const title = section?.title ?? sitting.section;
  const when = spanOf(sitting);
  return (
    <li>
      <div className="ka-sitting">
        <div>
          <strong>{title}</strong>
          <span className="ka-sitting__who">
            {sitting.savedByName}，{when}
            {sitting.saves > 1 && `，保存 ${sitting.saves} 次`}
          </span>
        </div>
        <div className="ks-actions">
          <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? '收起' : '改了什么'}
          </Button>
          {session && section && (
            <Button size="small" aria-label={`把“${title}”恢复到 ${when} 修改之前`} onClick={() => setAsking(true)}>
              恢复到修改前
            </Button>
          )}
        </div>
      </div>
      {open && <Changes sitting={sitting} />}
      {asking && <Restore sitting={sitting} when={when} onClose={() => setAsking(false)} />}
    </li>
  );
}

function Changes({ sitting }: { sitting: Sitting }) {
  const { application, definition, choices } = useOpenApplication();
  const before = useRevision(application.id, sitting.section, sitting.from);
  const after = useRevision(application.id, sitting.section, sitting.revision);
  const section = definition.compiled.form.sections.find(({ key }) => key === sitting.section);
  const context = Object.fromEntries(Object.entries(application.sections).map(([key, { data }]) => [key, data]));
  return (
    <Loaded query={before} rows={2}>
      {(was) => (
        <Loaded query={after} rows={2}>
          {(is) => {
            const changes = section ? changesOf(section, was.data, is.data, choices, context) : [];
            return changes.length > 0 ? (
              <ChangesView changes={changes} was="修改前" is="修改后" />
            ) : (
              <p className="ks-none">改过又改回来了，没有留下变化。</p>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

function withDeclarations(
  data: SectionValue,
  kept: readonly (readonly [string, SectionValue[string] | undefined])[],
): SectionValue {
  const restored = { ...data };
  for (const [key, value] of kept)
    if (value === undefined) delete restored[key];
    else restored[key] = value;
  return restored;
}

type RestoreProps = { sitting: Sitting; when: string; onClose: () => void };

/** Shows what the restore would change before it is done. */
function Restore({ sitting, when, onClose }: RestoreProps) {
  const { application, definition, choices, session } = useOpenApplication();
  const old = useRevision(application.id, sitting.section, sitting.from);
  const takeOver = useTakeOver(session);
  const navigate = useNavigate();
  const section = definition.compiled.form.sections.find(({ key }) => key === sitting.section);
  if (!section || !session) return null;
  const now = session.document.section(section.key);
  // A declaration is made by a person at the time, never brought back.
  const kept = section.fields.filter(({ type }) => type === 'attest').map(({ key }) => [key, now[key]] as const);
  const restored = old.data && withDeclarations(old.data.data, kept);
  const changes = restored ? changesOf(section, now, restored, choices, session.document.application()) : [];
  const restore = () => {
    if (!restored) return;
    takeOver({ [section.key]: restored }, `“${section.title}”已恢复到 ${when} 修改之前`);
    onClose();
    void navigate(`/applications/${application.id}/sections/${section.key}`);
  };
  return (
    <Modal
      open
      width={920}
      title={`把“${section.title}”恢复到 ${when} 修改之前？`}
      okText="恢复"
      cancelText="不恢复"
      okButtonProps={{ disabled: !restored || changes.length === 0 }}
      onOk={restore}
      onCancel={onClose}
    >
      <Loaded query={old} rows={3}>
        {({ problems }) =>
          changes.length === 0 ? (
            <p>现在的内容和那时一样，不用恢复。</p>
          ) : (
            <>
              <Notice kind="warning" title="这一部分从那次修改起的内容会被换掉">
                只影响“{section.title}”，附件不受影响。换掉的内容仍留在修改记录里，也可以随即撤销。
              </Notice>
              {problems.length > 0 && (
                <Notice kind="info" title="申报书后来改过，有的内容已没有地方放，不会恢复">
                  {problems.map(({ path, message }) => `${path}：${message}`).join('；')}
                </Notice>
              )}
              <ChangesView changes={changes} was="现在" is="恢复以后" />
            </>
          )
        }
      </Loaded>
    </Modal>
  );
}
