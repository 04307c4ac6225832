import type { FormSection, Hint, Verdict } from '@keshen/rules';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useJudged } from '../form/judgement.ts';
import { placeOf } from '../form/paths.ts';
import { kindOf, type VerdictKind } from '../form/verdict-kind.ts';
import { VerdictNote } from '../form/verdict-notes.tsx';
import { EmptyState, Notice, Page, Panel, PassIcon } from '../kit/index.ts';
import { useOpenApplication } from './application-context.ts';
import { HintNote, useHints } from './hints.tsx';

const GROUPS = [
  { key: 'against', title: '不符合', kinds: ['against', 'explain', 'defect'] },
  { key: 'missing', title: '未填', kinds: ['missing', 'waiting'] },
  { key: 'person', title: '需人工判断', kinds: ['person'] },
  { key: 'hint', title: '提示', kinds: ['hint'] },
  { key: 'met', title: '已符合', kinds: ['met'] },
] as const satisfies { key: string; title: string; kinds: VerdictKind[] }[];

/** 还差什么: all findings at once, each with its clause and a way to its field. */
export default function CheckPage() {
  const { session, ask, application } = useOpenApplication();
  useEffect(() => {
    ask();
    session?.judgeNow();
  }, [ask, session]);
  if (!session)
    return (
      <Page title="还差什么">
        <EmptyState
          title="申报书已经提交，没有要填的了"
          action={<Link to={`/applications/${application.id}`}>查看申报书</Link>}
        />
      </Page>
    );
  return <Check />;
}

function Check() {
  const { application, session } = useOpenApplication();
  const verdicts = useJudged((judgement) => judgement.verdicts);
  const grouped = GROUPS.map((group) => ({
    ...group,
    verdicts: verdicts.filter((verdict) => (group.kinds as readonly VerdictKind[]).includes(kindOf(verdict))),
  }));
  const hints = useHints();
  const unread = session?.unread() ?? [];
  const of = (key: string) => grouped.find((group) => group.key === key)?.verdicts ?? [];
  const ready = of('against').length === 0 && of('missing').length === 0 && unread.length === 0;
  return (
    <Page
      title="还差什么"
      tab={`还差什么 · ${application.title || '未命名的申报书'}`}
      lead="边填边查，随时可看。点栏目名直接到那里；提交时服务器按同样的规则再查一遍。"
    >
      {ready && (
        <Notice kind="success" title="可以提交了" action={<Link to={`/applications/${application.id}`}>去提交</Link>}>
          {of('person').length > 0 && `有 ${of('person').length} 处要由审核的人判断，不妨碍提交。`}
        </Notice>
      )}
      <nav className="ka-summary" aria-label="检查结果分类">
        {grouped.map((group) => (
          <a key={group.key} href={`#group-${group.key}`}>
            <strong>{group.verdicts.length + (group.key === 'hint' ? hints.length : 0)}</strong>
            {group.title}
          </a>
        ))}
      </nav>
      {unread.length > 0 && <Unread paths={unread} />}
      <Group id="against" title="不符合" verdicts={of('against')} none="没有不符合的条款。" />
      <Panel id="group-missing" title={`未填（${of('missing').length}）`}>
        <Missing verdicts={of('missing')} />
      </Panel>
      <Group
        id="person"
        title="需人工判断"
        verdicts={of('person')}
        none="没有需要人工判断的。"
        note="这些由审核的人看材料判断，不妨碍提交。"
      />
      {of('hint').length + hints.length > 0 && (
        <Group
          id="hint"
          title="提示"
          verdicts={of('hint')}
          none=""
          note="机器只能看出可能不对，是否要改由您决定，不妨碍提交。"
          hints={hints}
        />
      )}
      <Panel id="group-met" title={`已符合（${of('met').length}）`}>
        <ul className="ka-metlist">
          {of('met')
            .filter((verdict) => !verdict.rule.startsWith('form:'))
            .map((verdict) => (
              <li key={verdict.rule}>
                <PassIcon aria-hidden />
                {verdict.title} <span className="ks-clause">通知{verdict.clause.at}</span>
              </li>
            ))}
        </ul>
      </Panel>
    </Page>
  );
}

type GroupProps = {
  id: string;
  title: string;
  verdicts: readonly Verdict[];
  none: string;
  note?: ReactNode;
  hints?: readonly Hint[];
};

function Group({ id, title, verdicts, none, note, hints = [] }: GroupProps) {
  const { words, go } = useOpenApplication();
  const count = verdicts.length + hints.length;
  return (
    <Panel id={`group-${id}`} title={`${title}（${count}）`} note={count > 0 && note}>
      {count === 0 && <p className="ks-none">{none}</p>}
      {verdicts.map((verdict) => (
        <div key={verdict.rule}>
          <VerdictNote verdict={verdict} words={words} onGo={go} />
          {verdict.fields.length > 0 && (
            <p className="ka-goto">
              去改：
              <Places paths={verdict.fields} />
            </p>
          )}
        </div>
      ))}
      {hints.map((hint) => (
        <div key={`${hint.kind} ${hint.fields.join(' ')}`}>
          <HintNote hint={hint} />
          <p className="ka-goto">
            去看：
            <Places paths={hint.fields} />
          </p>
        </div>
      ))}
    </Panel>
  );
}

/** Links to fields by their labels. */
function Places({ paths }: { paths: readonly string[] }) {
  const { go } = useOpenApplication();
  const label = useLabels();
  return (
    <>
      {paths.map((path, index) => (
        <span key={path}>
          {index > 0 && '、'}
          <button type="button" className="ks-link-button" data-go={path} onClick={() => go(path)}>
            {label(path)}
          </button>
        </span>
      ))}
    </>
  );
}

/** What is empty, section by section; and what cannot be judged before something else is known. */
function Missing({ verdicts }: { verdicts: readonly Verdict[] }) {
  const { definition, words, go } = useOpenApplication();
  const empty = verdicts.filter((verdict) => kindOf(verdict) === 'missing');
  const waiting = verdicts.filter((verdict) => kindOf(verdict) === 'waiting');
  const sections: Pick<FormSection, 'key' | 'title'>[] = [
    ...definition.compiled.form.sections,
    { key: 'materials', title: '附件材料' },
  ];
  if (verdicts.length === 0) return <p className="ks-none">应填的都填了。</p>;
  const sectionOf = (verdict: Verdict) => {
    const place = placeOf(verdict.fields[0] ?? '');
    return place?.kind === 'material' ? 'materials' : place?.section;
  };
  return (
    <>
      <dl className="ka-missing">
        {sections.map(({ key, title }) => {
          const here = empty.filter((verdict) => sectionOf(verdict) === key);
          if (here.length === 0) return null;
          const clauses = [...new Set(here.map((verdict) => verdict.clause.at))].join('、');
          return (
            <div key={key}>
              <dt>
                {title} <span className="ks-clause">（通知{clauses}）</span>
              </dt>
              <dd>
                <Places paths={[...new Set(here.flatMap((verdict) => verdict.fields.slice(0, 1)))]} />
              </dd>
            </div>
          );
        })}
      </dl>
      {waiting.length > 0 && (
        <>
          <h3>填好相关内容后才能判断的条款</h3>
          {waiting.map((verdict) => (
            <VerdictNote key={verdict.rule} verdict={verdict} words={words} onGo={go} />
          ))}
        </>
      )}
    </>
  );
}

function Unread({ paths }: { paths: readonly string[] }) {
  return (
    <Notice kind="error" title="有的内容认不出来，没有存进申报书">
      <Places paths={paths} />
    </Notice>
  );
}

/** `budget.grant` → 申请财政资金; `partners.list[r1].country` → 合作单位 1：国家（地区）. */
function useLabels(): (path: string) => string {
  const { definition, session } = useOpenApplication();
  return (path) => {
    const place = placeOf(path);
    if (place?.kind === 'material') {
      const material = definition.compiled.materials.find((candidate) => candidate.key === place.material);
      const fact = material?.facts.find((candidate) => candidate.key === place.fact);
      return `${material?.title ?? path}${fact ? `：${fact.label}` : ''}`;
    }
    const section = definition.compiled.form.sections.find((candidate) => candidate.key === place?.section);
    const field = section?.fields.find((candidate) => candidate.key === place?.field);
    if (!field || place?.kind !== 'field') return path;
    if (!place.row) return field.label;
    const rows = session?.document.get(place.section, place.field);
    const index = Array.isArray(rows) ? rows.findIndex((row: { id: string }) => row.id === place.row) : -1;
    const column = field.columns?.find((candidate) => candidate.key === place.column)?.label;
    return `${field.rowNoun ?? field.label} ${index + 1}${column ? `：${column}` : ''}`;
  };
}
