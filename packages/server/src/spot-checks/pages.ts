import { officialInstant } from '@keshen/rules';
import { html } from '../platform/http/html.ts';
import type { Page } from '../platform/http/page.ts';
import type { SpotCheckRow } from './store.ts';

/** What anybody may read of a draw, before and after it: all that is needed to repeat it, and no name. */
export function spotCheckPage(check: SpotCheckRow, { title, rehearsal }: { title: string; rehearsal: boolean }): Page {
  const said = (at: Date): string => officialInstant(at.getTime());
  const announced: [string, string][] = [
    ['公告时间', said(check.announcedAt)],
    ['抽查比例', `${check.percent}%（不足1份的算1份）`],
    ['种子密文的校验值（SHA-256）', check.secretHash],
    ['抽取时再加入的公开数字', check.publicSource],
  ];
  const drawn: [string, string][] = check.drawnAt
    ? [
        ['抽取时间', said(check.drawnAt)],
        ['公布的种子密文', check.secret],
        ['公开数字', check.publicValue ?? ''],
        ['名单', `${check.population?.length ?? 0}份`],
        ['名单的校验值（SHA-256）', check.populationHash ?? ''],
      ]
    : [];
  return {
    title: '抽查公告',
    rehearsal,
    main: html`<h1>抽查公告</h1>
      <p>${check.authorityName}：${title}</p>
      <dl>
        ${[...announced, ...drawn].map(
          ([term, text]) =>
            html`<dt>${term}</dt>
              <dd>${text}</dd>`,
        )}
      </dl>
      ${
        check.drawn
          ? html`<h2>抽中的申报编号（${check.drawn.length}份）</h2>
              <ol>
                ${check.drawn.map((number) => html`<li>${number}</li>`)}
              </ol>
              <p><a href="/spot-checks/${check.id}/numbers.txt">下载抽取所用的名单（申报编号）</a></p>`
          : html`<p>还没有抽取。抽取以后，种子密文、名单和结果都公布在这里。</p>`
      }
      <h2>怎样抽取，怎样复算</h2>
      <ol>
        <li>公告时先公布种子密文的校验值；密文在抽取之后公布，校验值相同，说明没有换过。</li>
        <li>种子是“密文:公开数字”。公开数字在公告时谁也不知道，所以谁也挑不出想要的结果。</li>
        <li>对名单里的每个编号，计算“种子”后面接“编号”的 SHA-256，取最小的若干个。</li>
        <li>
          下载名单后，可以离线复算：<code
            >npx keshen draw 名单.txt --secret 密文 --public-value 公开数字 --percent ${check.percent}</code
          >
        </li>
      </ol>`,
  };
}
