import { type CompiledCall, dateOfInstant, officialInstant, type State } from '@keshen/rules';
import type { Content } from '../content.ts';
import { stateLabel } from '../words.ts';
import { type Column, type FormView, printedSections, type PrintedSection } from './form-blocks.ts';
import { dateOnPaper } from './written.ts';

export type Opinion = { title: string; text: string; lines: string[]; signatures: string[] };

/** Everything that stands on the printed application, as texts; the template only sets it. */
export type PrintModel = {
  documentTitle: string;
  author: string;
  rehearsal: boolean;
  mark: { text: string; final: boolean };
  header: [string, string];
  code: string;
  number: string;
  stateText: string;
  verifyUrl: string;
  callTitle: string;
  authorityName: string;
  printedOn: string;
  cover: { label: string; value: string }[];
  sections: PrintedSection[];
  attachments: { title: string; columns: Column[]; rows: string[][] };
  opinions: Opinion[];
};

/** 草稿 while it can still change, 送审 while it is looked at, 正式上报版 once recommended. */
const MARKS: Record<State, { text: string; final: boolean }> = {
  draft: { text: '草稿', final: false },
  returned_by_organisation: { text: '草稿', final: false },
  returned_by_department: { text: '草稿', final: false },
  with_organisation: { text: '送审', final: false },
  with_department: { text: '送审', final: false },
  recommended: { text: '正式上报版', final: true },
  delivered: { text: '正式上报版', final: true },
  not_recommended: { text: '不予推荐', final: false },
  withdrawn: { text: '已撤回', final: false },
};

export type PrintInput = {
  content: Content;
  call: CompiledCall;
  form: CompiledCall['form'];
  view: FormView;
  state: State;
  code: string;
  verifyUrl: string;
  authorityName: string;
  printedAt: Date;
  opinions: Opinion[];
};

export function printModel(input: PrintInput): PrintModel {
  const { content, call, form, view, state, code, verifyUrl, authorityName, printedAt, opinions } = input;
  const rehearsal = content.mode === 'rehearsal';
  const mark = MARKS[state];
  const title = textAt(content, 'project', 'title') || '（未填项目名称）';
  return {
    documentTitle: `${call.title}申报书：${title}`,
    author: content.organisation.name,
    rehearsal,
    mark: { ...mark, text: rehearsal ? `演练·${mark.text}` : mark.text },
    header: [`申报编号 ${content.number}`, shortened(title)],
    code,
    number: content.number,
    stateText: `${stateLabel(state, call)}，打印于${officialInstant(Math.floor(printedAt.getTime() / 60_000) * 60_000)}`,
    verifyUrl,
    callTitle: call.title,
    authorityName,
    printedOn: dateOnPaper(dateOfInstant(printedAt.getTime())),
    cover: [
      { label: '项目名称', value: title },
      { label: '申报方向', value: topicTitle(content, call) },
      { label: '申报单位', value: content.organisation.name },
      { label: '项目负责人', value: textAt(content, 'principalInvestigator', 'name') },
      { label: '实施周期', value: period(content) },
      { label: call.words.recommendingDepartment, value: content.department },
    ],
    sections: printedSections(form, content.sections, view),
    attachments: attachmentTable(content, call),
    opinions,
  };
}

/** What fits beside the number in a running header. */
function shortened(title: string): string {
  const characters = Array.from(title);
  return characters.length > 34 ? `${characters.slice(0, 33).join('')}…` : title;
}

function textAt(content: Content, section: string, field: string): string {
  const value = content.sections[section]?.[field];
  return typeof value === 'string' ? value : '';
}

function topicTitle(content: Content, call: CompiledCall): string {
  const [section = '', field = ''] = (call.topicField ?? '').split('.');
  const code = textAt(content, section, field);
  return call.topics.find((topic) => topic.code === code)?.title ?? code;
}

function period(content: Content): string {
  const [from, to] = [textAt(content, 'project', 'startDate'), textAt(content, 'project', 'endDate')];
  return from && to ? `${dateOnPaper(from)}至${dateOnPaper(to)}` : '';
}

function attachmentTable(content: Content, call: CompiledCall): PrintModel['attachments'] {
  const titleOf = (key: string) => call.materials.find((material) => material.key === key)?.title ?? key;
  return {
    title: '附件目录',
    columns: [
      { label: '序号', width: '11mm', align: 'center' },
      { label: '材料', width: '1.4fr', align: 'left' },
      { label: '文件名', width: '1.6fr', align: 'left' },
      { label: '页数', width: '12mm', align: 'center' },
      { label: '大小', width: '18mm', align: 'right' },
      { label: '校验值（SHA-256）', width: '47mm', align: 'left', small: true },
    ],
    rows: content.attachments.map(({ material, fileName, pages, bytes, sha256 }, index) => [
      String(index + 1),
      titleOf(material),
      fileName,
      pages === undefined ? '—' : String(pages),
      sizeOnPaper(bytes),
      // A hash has nowhere to break by itself.
      sha256.replace(/(.{32})(?=.)/g, '$1\n'),
    ]),
  };
}

const sizeOnPaper = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
