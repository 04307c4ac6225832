import type { Verdict, Words } from '@keshen/rules';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Mode, ServerFindings } from '../api/types.ts';
import { kindOf, type VerdictKind } from '../form/verdict-kind.ts';
import { VerdictNote } from '../form/verdict-notes.tsx';
import { Loaded, Notice, Panel, PassIcon } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

const URGENT: readonly VerdictKind[] = ['defect', 'against', 'explain', 'missing', 'waiting'];

/** What the rules say of the application now, as the server decides it. */
type Props = { query: UseQueryResult<ServerFindings>; words: Words; mode: Mode };

export function Findings({ query, words, mode }: Props) {
  return (
    <Loaded query={query}>
      {({ verdicts, at }) => {
        const of = (kinds: readonly VerdictKind[]) => verdicts.filter((verdict) => kinds.includes(kindOf(verdict)));
        const met = of(['met']).filter((verdict) => !verdict.rule.startsWith('form:'));
        const urgent = of(URGENT);
        return (
          <>
            <p className="ks-panel__note" style={{ margin: '0 0 12px' }}>
              按{mode === 'rehearsal' ? '通知日历上的' : ''} {momentOf(at)} 核对
              {mode === 'rehearsal' && '（演练把现在对应到那一刻）'}。
            </p>
            {urgent.length === 0 && <Notice kind="success" title="没有不符合的条款，应填应交的都有" />}
            <Notes title="不符合或不完整" verdicts={urgent} words={words} />
            <Notes title="需人工判断" verdicts={of(['person'])} words={words} />
            <Notes title="提示" verdicts={of(['hint'])} words={words} />
            <Panel title={`已符合（${met.length}）`}>
              <ul className="kw-met">
                {met.map((verdict) => (
                  <li key={verdict.rule}>
                    <PassIcon aria-hidden />
                    <span>
                      {verdict.title} <span className="ks-clause">通知{verdict.clause.at}</span>
                      <br />
                      <span className="ks-clause">{verdict.found}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          </>
        );
      }}
    </Loaded>
  );
}

function Notes({ title, verdicts, words }: { title: string; verdicts: readonly Verdict[]; words: Words }) {
  if (verdicts.length === 0) return null;
  return (
    <Panel title={`${title}（${verdicts.length}）`}>
      {verdicts.map((verdict) => (
        <VerdictNote key={verdict.rule} verdict={verdict} words={words} />
      ))}
    </Panel>
  );
}
