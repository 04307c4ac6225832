import { officialInstant } from '@keshen/rules';
import { html, type Html } from '../platform/http/html.ts';
import { spanText } from './time-left.ts';
import type { WindowView } from './view-round.ts';

export const official = (iso: string): string => officialInstant(Date.parse(iso));
const time = (iso: string): Html => html`<time datetime="${iso}">${official(iso)}</time>`;

/** 进行中，还剩3天4小时 */
export function stateTag({ state, opens, closes }: WindowView, now: Date): Html {
  if (state === 'before') {
    return html`<span class="tag before">还有${spanText(Date.parse(opens ?? '') - now.getTime())}开始</span>`;
  }
  if (state === 'closed') return html`<span class="tag">已截止</span>`;
  return html`<span class="tag open">进行中，还剩${spanText(Date.parse(closes) - now.getTime())}</span>`;
}

const windowRows = (windows: readonly WindowView[], now: Date): Html[] =>
  windows.map(
    (window) =>
      html`<tr>
        <th scope="row">${window.title}</th>
        <td>${window.opens ? time(window.opens) : '通知发布起'}</td>
        <td>${time(window.closes)}${window.closesInclusive ? '（含）' : '（不含）'}</td>
        <td>${stateTag(window, now)}</td>
        <td class="place">${window.clause.at}</td>
      </tr>`,
  );

/** All windows with what they are at this moment. */
export const windowTable = (windows: readonly WindowView[], now: Date): Html =>
  html`<div class="table">
    <table class="stack">
      <caption>
        时间安排（北京时间）
      </caption>
      <thead>
        <tr>
          <th scope="col">环节</th>
          <th scope="col">开始</th>
          <th scope="col">截止</th>
          <th scope="col">现在</th>
          <th scope="col">通知条款</th>
        </tr>
      </thead>
      <tbody>
        ${windowRows(windows, now)}
      </tbody>
    </table>
  </div>`;
