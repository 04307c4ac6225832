import type { Verdict } from '@keshen/rules';
import { memo, type ReactNode } from 'react';
import { FailIcon, InfoIcon, MissingIcon, PassIcon, PersonIcon } from '../kit/index.ts';
import { focusField } from './focus.ts';
import { KIND_LABEL, kindOf, roleName, type VerdictKind } from './verdict-kind.ts';

const ICONS: Record<VerdictKind, ReactNode> = {
  defect: <FailIcon aria-hidden />,
  against: <FailIcon aria-hidden />,
  explain: <MissingIcon aria-hidden />,
  missing: <MissingIcon aria-hidden />,
  waiting: <MissingIcon aria-hidden />,
  person: <PersonIcon aria-hidden />,
  hint: <InfoIcon aria-hidden />,
  met: <PassIcon aria-hidden />,
  void: <InfoIcon aria-hidden />,
};

const placeText = (at: string): string => `通知${at}`;

const sentence = (text: string): string => (/[。？！]$/.test(text) ? text : `${text}。`);

type NoteProps = { verdict: Verdict; words: Record<string, string>; onGo?: (path: string) => void };

/** One finding in full: what, the figures, what to do, and the clause it stands in. */
export const VerdictNote = memo(function VerdictNote({ verdict, words, onGo }: NoteProps) {
  const kind = kindOf(verdict);
  const { asks, found, explanation, human, evidence, defect, remedy } = verdict;
  return (
    <div className={`kv kv--${kind}`} data-rule={verdict.rule} data-outcome={verdict.outcome}>
      <p className="kv__head">
        {ICONS[kind]}
        <strong>{KIND_LABEL[kind]}</strong>
        <span className="kv__title">{verdict.title}</span>
        <span className="kv__clause">{placeText(verdict.clause.at)}</span>
      </p>
      {defect ? (
        <p>这条规则在计算时出错，已如实标出，请联系技术支持。</p>
      ) : (
        <>
          <p className="kv__asks">{sentence(asks)}</p>
          {found && <p>{sentence(found)}</p>}
        </>
      )}
      {human && kind === 'person' && (
        <p>
          由{roleName(human.to, words)}判断：{human.question}
        </p>
      )}
      {remedy && <p className="kv__remedy">{sentence(remedy)}</p>}
      {explanation && kind === 'explain' && onGo && (
        <p>
          <button type="button" className="ks-link-button" onClick={() => onGo(explanation.path)}>
            去“{explanation.label}”里写明
          </button>
        </p>
      )}
      {evidence && evidence.length > 0 && (
        <ul className="kv__evidence">
          {evidence.map((item) => (
            <li key={`${item.source}${item.label}`}>
              {item.label}（{item.source}，{item.asOf}）
            </li>
          ))}
        </ul>
      )}
    </div>
  );
});

/**
 * A finding about several fields of one section is told in full beside the first of them, in short beside the others until
 * one of those is being filled in.
 */
function firstBeside(verdict: Verdict, path: string): string {
  const section = path.slice(0, path.indexOf('.') + 1);
  return verdict.fields.find((other) => other.startsWith(section)) ?? path;
}

type NotesProps = {
  /** The field these notes stand beside. */
  path: string;
  verdicts: readonly Verdict[];
  words: Record<string, string>;
  /** Whether what is merely not filled in yet is said too. */
  asked: boolean;
  onGo?: (path: string) => void;
};

/** What stands beside a field: findings in full, clauses that are met in one quiet line. */
export const VerdictNotes = memo(function VerdictNotes({ path, verdicts, words, asked, onGo }: NotesProps) {
  const kinds = verdicts.map((verdict) => ({ verdict, kind: kindOf(verdict) }));
  const full = kinds.filter(
    ({ kind, verdict }) =>
      kind === 'defect' ||
      kind === 'against' ||
      kind === 'explain' ||
      kind === 'person' ||
      kind === 'hint' ||
      (kind === 'missing' && asked) ||
      (kind === 'waiting' && verdict.missing?.some((missing) => missing.source)),
  );
  const met = kinds.filter(({ kind, verdict }) => kind === 'met' && !verdict.rule.startsWith('form:'));
  return (
    <>
      {full.map(({ verdict, kind }) => {
        const first = firstBeside(verdict, path);
        return first === path ? (
          <VerdictNote key={verdict.rule} verdict={verdict} words={words} {...(onGo ? { onGo } : {})} />
        ) : (
          <div key={verdict.rule} className="kv-also">
            <button type="button" className={`kv-brief kv--${kind}`} onClick={() => focusField(path)}>
              {ICONS[kind]} {KIND_LABEL[kind]}：{verdict.title}（{placeText(verdict.clause.at)}）
            </button>
            <VerdictNote verdict={verdict} words={words} {...(onGo ? { onGo } : {})} />
          </div>
        );
      })}
      {met.length > 0 && (
        <p className="kv-met">
          <PassIcon aria-hidden />
          <span>符合通知{[...new Set(met.map(({ verdict }) => verdict.clause.at))].join('、')}</span>
        </p>
      )}
    </>
  );
});
