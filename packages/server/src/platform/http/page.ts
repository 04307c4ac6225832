import type { FastifyReply } from 'fastify';
import { html, type Html } from './html.ts';

export type Page = {
  title: string;
  main: Html;
  /** Says on the page and on its print that this is no real call. */
  rehearsal?: boolean;
};

const REHEARSAL = html`<aside class="rehearsal" aria-label="演练">
  <strong>演练</strong>
  这是演练，不是正式申报：时间窗口整体平移到现在，其余日期都照通知；这里的数据会被清除，打印件没有效力。
</aside>`;

/** The frame of every public page: works without a script, prints without the navigation. */
export function renderPage({ title, main, rehearsal }: Page): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – 科申</title>
        <link rel="stylesheet" href="/assets/site.css" />
        <link rel="icon" type="image/svg+xml" href="/assets/mark.svg" />
      </head>
      <body>
        <a class="skip" href="#main">跳到正文</a>
        <header class="top">
          <a class="home" href="/"><strong>科申</strong> <span>科技计划项目申报</span></a>
          <nav aria-label="主导航">
            <a href="/">申报通知</a>
            <a href="/v">核验文件</a>
            <a href="/app/register">单位注册</a>
            <a class="button" href="/app/">登录</a>
          </nav>
        </header>
        ${rehearsal && REHEARSAL}
        <main id="main" tabindex="-1">${main}</main>
        <footer><p>时间均为北京时间，以服务器收到请求的时刻为准。</p></footer>
      </body>
    </html>`.html;
}

export const sendPage = (reply: FastifyReply, page: Page, status = 200): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(renderPage(page));
