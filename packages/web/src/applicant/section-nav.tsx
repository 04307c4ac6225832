import { memo } from 'react';
import { NavLink, useParams } from 'react-router';
import { useJudged } from '../form/judgement.ts';
import { placeOf } from '../form/paths.ts';
import type { Judgement } from '../form/judge.ts';
import { kindOf, stands } from '../form/verdict-kind.ts';
import { PassIcon } from '../kit/index.ts';
import { useOpenApplication } from './application-context.ts';
import { usePresence } from './editor/use-presence.ts';

export type SectionState = { against: number; missing: number; person: number };

/** How each section stands, by key; papers under `materials`. Computed once for each judgement. */
const known = new WeakMap<Judgement, ReadonlyMap<string, SectionState>>();
export function statesOf(judgement: Judgement): ReadonlyMap<string, SectionState> {
  const before = known.get(judgement);
  if (before) return before;
  const states = new Map<string, SectionState>();
  for (const verdict of judgement.verdicts) {
    const kind = kindOf(verdict);
    if (kind === 'met' || kind === 'void' || kind === 'hint' || kind === 'waiting') continue;
    const sections = new Set(
      verdict.fields.map((path) => {
        const place = placeOf(path);
        return place?.kind === 'material' ? 'materials' : (place?.section ?? '');
      }),
    );
    for (const section of sections) {
      const state = states.get(section) ?? { against: 0, missing: 0, person: 0 };
      if (kind === 'missing') state.missing++;
      else if (stands(kind)) state.against++;
      else state.person++;
      states.set(section, state);
    }
  }
  known.set(judgement, states);
  return states;
}

/** All sections with how they stand, then the papers, then what is still in the way. */
export function SectionNav() {
  const { definition, application } = useOpenApplication();
  const { section: here } = useParams();
  const present = usePresence(application.id, here);
  const home = `/applications/${application.id}`;
  return (
    <nav className="ka-nav" aria-label="申报书各部分">
      <ol>
        {definition.compiled.form.sections.map((section) => (
          <SectionLink
            key={section.key}
            section={section.key}
            title={section.title}
            to={`${home}/sections/${section.key}`}
            present={present.get(section.key)?.join('、')}
          />
        ))}
        <SectionLink section="materials" title="附件材料" to={`${home}/materials`} />
      </ol>
      <ul>
        <li>
          <NavLink to={`${home}/check`}>还差什么</NavLink>
        </li>
        <li>
          <NavLink to={home} end>
            提交与记录
          </NavLink>
        </li>
        <li>
          <NavLink to={`${home}/bring`}>复制与导入导出</NavLink>
        </li>
        <li>
          <NavLink to={`${home}/history`}>修改记录</NavLink>
        </li>
      </ul>
    </nav>
  );
}

type LinkProps = { section: string; title: string; to: string; present?: string | undefined };

const SectionLink = memo(function SectionLink({ section, title, to, present }: LinkProps) {
  const state = useJudged((judgement) => {
    if (judgement.hidden.has(section)) return 'hidden';
    const { against, missing } = statesOf(judgement).get(section) ?? { against: 0, missing: 0 };
    return against > 0 ? `against ${against}` : missing > 0 ? `missing ${missing}` : 'complete';
  });
  const [kind, count] = state.split(' ');
  if (kind === 'hidden') return null;
  return (
    <li>
      <NavLink to={to}>
        <span>
          {title}
          {present && (
            <span className="ka-nav__who" data-present={section}>
              {present}在填
            </span>
          )}
        </span>
        {kind === 'against' && <span className="ka-nav__state ka-nav__state--bad">{count} 处不符合</span>}
        {kind === 'missing' && <span className="ka-nav__state">差 {count} 项</span>}
        {kind === 'complete' && (
          <span className="ka-nav__state ka-nav__state--good">
            <PassIcon aria-hidden />
            <span className="ks-hidden">已填好</span>
          </span>
        )}
      </NavLink>
    </li>
  );
});
