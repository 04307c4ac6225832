import { html } from '../platform/http/html.ts';
import type { Page } from '../platform/http/page.ts';
import type { RoundView } from './view-round.ts';
import { stateTag } from './window-table.ts';

/** The list of all calls. */
export function homePage(rounds: readonly RoundView[], now: Date): Page {
  const cards = rounds.map(
    (round) =>
      html`<li class="card">
        <h2 id="call-${round.id}">
          <a href="/calls/${round.id}">${round.title}</a>
          ${round.mode === 'rehearsal' && html`<span class="tag person">演练</span>`}
        </h2>
        <p class="lead">${round.authorityName}</p>
        <ul class="tags">
          ${round.windows.map((window) => html`<li>${window.title}：${stateTag(window, now)}</li>`)}
        </ul>
      </li>`,
  );
  return {
    title: '申报通知',
    rehearsal: rounds.some(({ mode }) => mode === 'rehearsal'),
    main: html`
      <h1>科技计划申报通知</h1>
      <p class="lead">点开一份通知，可以逐条看到要求，以及系统怎样处理每一条。</p>
      ${
        rounds.length > 0
          ? html`<ul class="cards">
              ${cards}
            </ul>`
          : html`<p class="card">现在没有申报通知。</p>`
      }
    `,
  };
}
