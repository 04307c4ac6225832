import type { Hint, HintInput } from './hint.ts';
import { fieldOf, pairsOf, plain, textOf } from './read.ts';

/** A field that has room for this many characters is a chapter; shorter than that it says next to nothing. */
const CHAPTER = 2000;
const SHORT = 50;
/** Texts shorter than this may well be alike: 无, 同上. */
const WORTH_COMPARING = 20;
const SHORT_TITLE = 8;

/** Chapters of a line or two, and two chapters with the same text (reasons 4, 33). */
export function thinTexts({ application, form }: HintInput): Hint[] {
  const texts = form.sections.flatMap((section) =>
    section.fields
      .filter(({ type }) => type === 'long_text')
      .map((field) => ({ field, text: textOf(application[section.key]?.[field.key]) })),
  );
  const short = texts.filter(({ field, text }) => {
    const length = Array.from(text).length;
    return length > 0 && length < SHORT && (field.maxLength ?? 0) >= CHAPTER && field.required !== false;
  });
  const alike = texts.flatMap(({ field, text }, index) =>
    texts.slice(index + 1).flatMap((other): Hint[] =>
      Array.from(text).length >= WORTH_COMPARING && plain(text) === plain(other.text)
        ? [
            {
              kind: 'identical',
              title: '两处内容完全相同',
              text: `“${field.label}”与“${other.field.label}”的内容一样，可能粘贴错了。`,
              fields: [field.path, other.field.path],
            },
          ]
        : [],
    ),
  );
  if (short.length === 0) return alike;
  const named = short.map(({ field, text }) => `“${field.label}”（${Array.from(text).length}字）`).join('、');
  const text = `${named}不足${SHORT}字，评审时可能看不出实质内容。`;
  return [{ kind: 'short', title: '内容可能太少', text, fields: short.map(({ field }) => field.path) }, ...alike];
}

/** A title that names no subject, shares no word with the summary, or has the words of another topic (reasons 25, 38). */
export function titleBesideTopic({ application, topics, topicField = '' }: HintInput): Hint[] {
  const title = textOf(fieldOf(application, 'project', 'title'));
  if (title === '') return [];
  const fields = ['project.title'];
  if (Array.from(title).length < SHORT_TITLE || /^.{0,6}(产品|项目|课题|技术)的?(研究|研发|开发)$/u.test(title)) {
    const text = `“${title}”看不出研究对象和要解决的问题，名称不规范的常被退回。`;
    return [{ kind: 'title-vague', title: '项目名称可能太笼统', text, fields }];
  }
  const words = pairsOf(title);
  const shares = (text: string) => [...pairsOf(text)].filter((pair) => words.has(pair) && !COMMON.has(pair)).length;
  const [section = '', field = ''] = topicField.split('.');
  const code = textOf(fieldOf(application, section, field));
  const topic = topics.find((one) => one.code === code);
  const said = (one: { title: string; help?: string }) => `${one.title} ${one.help ?? ''}`;
  const nearer =
    topic && shares(said(topic)) === 0 ? topics.filter((one) => one !== topic && shares(said(one)) > 1) : [];
  const summary = textOf(fieldOf(application, 'project', 'summary'));
  const [first] = nearer;
  return [
    ...(topic && first
      ? [
          {
            kind: 'title-topic',
            title: '项目名称可能不属于所选方向',
            text: `项目名称里没有“${topic.title}”的词，却与“${first.title}”相近，请核对所选的方向。`,
            fields: [topicField, ...fields],
          },
        ]
      : []),
    ...(summary !== '' && shares(summary) === 0
      ? [
          {
            kind: 'title-summary',
            title: '项目名称与摘要可能不是一回事',
            text: '项目名称里的词在摘要里一个也没有，请核对。',
            fields: [...fields, 'project.summary'],
          },
        ]
      : []),
  ];
}

/** Words of every title, which say nothing about its subject. */
const COMMON = new Set([
  '研究',
  '技术',
  '应用',
  '合作',
  '项目',
  '开发',
  '关键',
  '联合',
  '国际',
  '示范',
  '及其',
  '系统',
]);
