import { NOTICE_KINDS, officialInstant } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import type { Outgoing } from '../platform/messaging/index.ts';
import { confirmLink, unsubscribeLink } from './signed-links.ts';
import type { Address, MessageRow, NoticeText } from './store-messages.ts';

type House = Pick<Context, 'config' | 'signer'>;
type Text = Pick<Outgoing, 'subject' | 'text' | 'unsubscribe'>;

const minute = (at: Date): string => officialInstant(Math.floor(at.getTime() / 60_000) * 60_000);
const factLines = ({ facts }: NoticeText): string[] => facts.map(({ label, value }) => `${label}：${value}`);

/** One notice as a mail: what it is, about what, what to do, where, and how to have no more of these. */
export function noticeMail(house: House, { personId }: MessageRow, { name }: Address, notice: NoticeText): Text {
  const { publicUrl } = house.config;
  const unsubscribe = publicUrl + unsubscribeLink(house, personId, notice.kind);
  return {
    subject: notice.title,
    text: [
      `${name}，您好：`,
      '',
      notice.title,
      '',
      ...factLines(notice),
      '',
      notice.toDo,
      `去办理：${publicUrl}${notice.link}`,
      '',
      ...footer(house),
      `不再用邮件接收“${NOTICE_KINDS[notice.kind].label}”：${unsubscribe}`,
    ].join('\n'),
    unsubscribe,
  };
}

/** What was gathered in a day, each with its link. */
export function digestMail(house: House, { name }: Address, notices: readonly NoticeText[]): Text {
  const { publicUrl } = house.config;
  return {
    subject: `科申：${notices.length}条通知`,
    text: [
      `${name}，您好：`,
      '',
      `以下是还没有看过的${notices.length}条通知。`,
      ...notices.flatMap((notice, at) => [
        '',
        `${at + 1}. ${notice.title}（${minute(notice.madeAt)}）`,
        ...(notice.toDo === '' ? [] : [`   ${notice.toDo}`]),
        `   ${publicUrl}${notice.link}`,
      ]),
      '',
      ...footer(house),
    ].join('\n'),
  };
}

const footer = ({ config: { publicUrl } }: House): string[] => [
  '——',
  '这封邮件由科申自动发出，请不要回复。',
  `哪些通知发邮件、是否每天合成一封，可以自己选：${publicUrl}/app/notices/preferences`,
];

/** As short as a text message has to be. */
export const noticeSms = ({ config: { publicUrl } }: House, notice: NoticeText): Text => ({
  subject: '',
  text: `【科申】${notice.title.length > 60 ? `${notice.title.slice(0, 59)}…` : notice.title} ${publicUrl}${notice.link}`,
});

export function confirmation(house: House, { channel }: MessageRow, { id, name }: Address): Text {
  const link = house.config.publicUrl + confirmLink(house, id);
  if (channel === 'sms') return { subject: '', text: `【科申】确认用这个手机号接收通知（24小时内有效）：${link}` };
  return {
    subject: '确认用这个邮箱接收科申的通知',
    text: [
      `${name}，您好：`,
      '',
      '有人在科申填写了这个邮箱，用来接收科技计划申报的通知。是您本人填的，请在24小时内打开下面的链接确认：',
      link,
      '',
      '不是您填的，不用理会：不确认就不会再发。',
    ].join('\n'),
  };
}
