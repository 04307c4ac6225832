import type { CompiledCall } from '../call.ts';
import { ROLES } from '../lifecycle/roles.ts';
import type { Missing } from '../verdict.ts';

/** Sentences out of clauses, each with one full stop. */
export const sentences = (...parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => (part ?? '').trim().replace(/[。；，]+$/, ''))
    .filter((part) => part !== '')
    .map((part) => (/[？！]$/.test(part) ? part : `${part}。`))
    .join('');

/** 依据《通知》四（八） */
export const accordingTo = (at: string): string => `依据《通知》${at}`;

export const stillMissing = (missing: readonly Missing[]): string => {
  const answers = missing.filter((item) => !item.source).map((item) => item.label);
  const sources = missing.filter((item) => item.source).map((item) => item.label);
  const said = [
    ...(answers.length > 0 ? [`还没有填：${shortList(answers)}`] : []),
    ...(sources.length > 0 ? [`还查不到：${shortList(sources)}`] : []),
  ];
  return said.length > 0 ? `${said.join('；')}，暂时不能判断` : '暂时不能判断';
};

const shortList = (labels: readonly string[]): string =>
  labels.length > 6 ? `${labels.slice(0, 6).join('、')}等${labels.length}项` : labels.join('、');

/** A role by the name this call gives it. */
export function roleName(call: CompiledCall, role: string): string {
  const name = Object.hasOwn(ROLES, role) ? ROLES[role as keyof typeof ROLES] : role === 'expert' ? '评审专家' : role;
  return name.replace('{recommendingDepartment}', call.words.recommendingDepartment);
}
