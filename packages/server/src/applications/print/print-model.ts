import {
  type CompiledCall,
  dateOfInstant,
  type LinkedCall,
  officialInstant,
  type State,
  type Subject,
} from '@keshen/rules';
import type { Content } from '../content.ts';
import { stateLabel } from '../words.ts';
import { attachmentTable, type PrintedAttachment, printedAttachments } from './attachment-list.ts';
import { type Column, type FormView, printedSections, type PrintedSection } from './form-blocks.ts';
import type { Opinion } from './opinions.ts';
import { paperAsked } from './paper-notes.ts';
import { type Part, partsOf } from './parts.ts';
import { type Pledge, pledgeOf } from './pledges.ts';
import { dateOnPaper } from './written.ts';

/** One part of the print; each begins on a page of its own. */
type PrintedPart =
  | { kind: 'cover' }
  | { kind: 'sheet' | 'form'; title: string; sections: PrintedSection[] }
  | { kind: 'pledges'; pledges: Pledge[] }
  | { kind: 'attachments'; title: string; columns: Column[]; rows: string[][] }
  | { kind: 'opinions'; opinions: Opinion[] };

/** Everything that stands on the printed application, as texts; the template only sets it. */
export type PrintModel = {
  documentTitle: string;
  author: string;
  rehearsal: boolean;
  mark: { text: string; final: boolean };
  header: [string, string];
  code: string;
  /** What the small QR at the foot of each page leads to, and how it is written beside it. */
  codeUrl: string;
  number: string;
  /** 非涉密 once the applicant said so. */
  classification: string;
  stateText: string;
  verifyUrl: string;
  callTitle: string;
  formTitle: string;
  authorityName: string;
  printedOn: string;
  cover: { label: string; value: string }[];
  doubleSided: boolean;
  paperNotes: string[];
  parts: PrintedPart[];
  /** A page in front of each attachment where they are printed along; `inserted` pages follow it. */
  separators: (PrintedAttachment & { inserted: number; why: string })[];
};

/** 草稿 while it can still change, 送审 while it is looked at, 正式上报版 once recommended. */
const MARKS: Record<State, { text: string; final: boolean }> = {
  draft: { text: '草稿', final: false },
  returned_by_organisation: { text: '草稿', final: false },
  returned_by_department: { text: '草稿', final: false },
  with_organisation: { text: '送审', final: false },
  checked_by_organisation: { text: '送审', final: false },
  with_department: { text: '送审', final: false },
  reviewed_by_department: { text: '送审', final: false },
  recommended: { text: '正式上报版', final: true },
  delivered: { text: '正式上报版', final: true },
  admitted: { text: '正式上报版', final: true },
  not_admitted: { text: '不予受理', final: false },
  not_recommended: { text: '不予推荐', final: false },
  withdrawn: { text: '已撤回', final: false },
};

export type PrintInput = {
  content: Content;
  linked: LinkedCall;
  view: FormView;
  /** The instant for which the form's conditions are looked at. */
  at: Subject['at'];
  state: State;
  code: string;
  verifyUrl: string;
  codeUrl: string;
  authorityName: string;
  printedAt: Date;
  opinions: Opinion[];
  /** Which submitted version it is, where the print says so: 1 is the first. */
  edition?: number;
  /** Pages that follow each attachment's separator, or why none do; absent where attachments are not printed along. */
  along?: readonly { pages: number; blanks: number; why: string }[];
};

export function printModel(input: PrintInput): PrintModel {
  const { content, linked, state, code, verifyUrl, codeUrl, authorityName, printedAt, along } = input;
  const { call } = linked;
  const rehearsal = content.mode === 'rehearsal';
  const mark = MARKS[state];
  const title = textAt(content, 'project', 'title') || '（未填项目名称）';
  const paper = paperAsked(linked, topicCode(content, call));
  const attachments = printedAttachments(content, linked, input.view, input.at).map((attachment, index) => {
    const { pages = 0 } = along?.[index] ?? {};
    return pages > 0 ? { ...attachment, pages: String(pages) } : attachment;
  });
  return {
    documentTitle: `${call.title}申报书：${title}`,
    author: content.organisation.name,
    rehearsal,
    mark: { ...mark, text: rehearsal ? `演练·${mark.text}` : mark.text },
    header: [`申报编号 ${content.number}`, shortened(title)],
    code,
    codeUrl,
    number: content.number,
    classification: content.sections['project']?.['classified'] === false ? '非涉密' : '',
    stateText: `${stateLabel(state, call)}${input.edition ? `，第${input.edition}版` : ''}，打印于${officialInstant(Math.floor(printedAt.getTime() / 60_000) * 60_000)}`,
    verifyUrl,
    callTitle: call.title,
    formTitle: formTitle(call),
    authorityName,
    printedOn: dateOnPaper(dateOfInstant(printedAt.getTime())),
    cover: coverRows(content, call, title),
    doubleSided: paper.doubleSided,
    paperNotes: paper.notes,
    parts: partsOf(
      call,
      linked.form.sections.filter((section) => input.view.isShown(section)),
    ).flatMap((part) => printedPart(part, input, attachments)),
    separators: (along ?? []).flatMap(({ pages, blanks, why }, index) => {
      const attachment = attachments[index];
      return attachment ? [{ ...attachment, inserted: pages + blanks, why }] : [];
    }),
  };
}

function printedPart(
  { key, sections }: Part,
  { content, view, opinions }: PrintInput,
  attachments: readonly PrintedAttachment[],
): PrintedPart[] {
  const sheet = (title: string): PrintedPart[] =>
    sections.length === 0
      ? []
      : [{ kind: 'sheet', title, sections: printedSections(sections, content.sections, view, false) }];
  switch (key) {
    case 'cover':
      return [{ kind: 'cover' }];
    case 'organisationSheet':
      return sheet('单位信息表');
    case 'projectSheet':
      return sheet('项目信息表');
    case 'applicationForm':
      return [{ kind: 'form', title: '项目申报书', sections: printedSections(sections, content.sections, view, true) }];
    case 'pledges':
      return sections.length === 0
        ? []
        : [
            {
              kind: 'pledges',
              pledges: sections.map((section) => pledgeOf(section, content.sections[section.key] ?? {}, view)),
            },
          ];
    case 'attachments':
      return [{ kind: 'attachments', title: '附件目录', ...attachmentTable(attachments) }];
    case 'opinions':
      return [{ kind: 'opinions', opinions }];
  }
}

/** Where the call names the form, its name; else the programme's. */
function formTitle({ documents, title }: CompiledCall): string {
  const named = documents.applicationForm?.title.replace(/申报书$/, '');
  return named ?? title;
}

const coverRows = (content: Content, call: CompiledCall, title: string): PrintModel['cover'] => [
  { label: '项目名称', value: title },
  { label: '申报方向', value: topicTitle(content, call) },
  { label: '申报单位（公章）', value: content.organisation.name },
  { label: '项目负责人', value: textAt(content, 'principalInvestigator', 'name') },
  { label: '实施周期', value: period(content) },
  { label: call.words.recommendingDepartment, value: content.department },
];

/** What fits beside the number in a running header. */
function shortened(title: string): string {
  const characters = Array.from(title);
  return characters.length > 34 ? `${characters.slice(0, 33).join('')}…` : title;
}

function textAt(content: Content, section: string, field: string): string {
  const value = content.sections[section]?.[field];
  return typeof value === 'string' ? value : '';
}

/** The topic applied to, empty where none was chosen. */
export function topicCode(content: Content, call: CompiledCall): string {
  const [section = '', field = ''] = (call.topicField ?? '').split('.');
  return textAt(content, section, field);
}

function topicTitle(content: Content, call: CompiledCall): string {
  const code = topicCode(content, call);
  return call.topics.find((topic) => topic.code === code)?.title ?? code;
}

function period(content: Content): string {
  const [from, to] = [textAt(content, 'project', 'startDate'), textAt(content, 'project', 'endDate')];
  return from && to ? `${dateOnPaper(from)}至${dateOnPaper(to)}` : '';
}
