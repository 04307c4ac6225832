import type { CompiledCall, MaterialDefinition } from '@keshen/rules';
import { html, type Html } from '../platform/http/html.ts';
import type { Page } from '../platform/http/page.ts';
import { byPart, handlingOf, particularsOf } from './describe-clause.ts';
import type { RoundView } from './view-round.ts';
import { official, windowTable } from './window-table.ts';

const SECTIONS = [
  ['who', '谁能申报'],
  ['windows', '时间安排'],
  ['topics', '申报方向'],
  ['clauses', '逐条要求'],
  ['materials', '要交的材料'],
  ['contacts', '联系方式'],
] as const;

/** One call: who may apply, when, every clause with what the system does about it, materials, contacts. */
export function callPage(round: RoundView, compiled: CompiledCall, now: Date): Page {
  const { notice, words } = compiled;
  const shown = SECTIONS.filter(([key]) => key !== 'topics' || compiled.topics.length > 0);
  return {
    title: compiled.title,
    rehearsal: round.mode === 'rehearsal',
    main: html`
      <h1>${compiled.title}</h1>
      <p class="lead">${round.authorityName} · ${compiled.planYear}年度</p>
      <dl class="facts card">
        <dt>通知</dt>
        <dd>${notice.title}${notice.number && `（${notice.number}）`}</dd>
        ${
          notice.publishedOn &&
          html`<dt>发布</dt>
            <dd>${officialDay(notice.publishedOn)}</dd>`
        }
        <dt>申报系统</dt>
        <dd>${words.platform}${words.entry && `：${words.entry}`}</dd>
        <dt>申报办法</dt>
        <dd>
          单位注册并经${words.recommendingDepartment}审核 → 单位管理员发放账号 → 申报人填写、提交单位 → 单位审核 →
          ${words.recommendingDepartment}审核推荐 → 报送${words.scienceDepartment ?? '科技厅'}
        </dd>
      </dl>
      <p class="actions"><a class="button" href="/app/">登录填报</a> <a href="/app/register">单位还没有注册？</a></p>
      <nav class="toc" aria-label="本页内容">
        <ul>
          ${shown.map(([key, title]) => html`<li><a href="#${key}">${title}</a></li>`)}
        </ul>
      </nav>
      ${whoMayApply(compiled)}
      <section aria-labelledby="windows">
        <h2 id="windows">时间安排</h2>
        ${windowTable(round.windows, now)}
        ${round.mode === 'rehearsal' && html`<p class="note">演练的时间由通知的时间整体平移而来：${originalTimes(compiled)}。</p>`}
      </section>
      ${topics(compiled)} ${clauses(compiled)} ${materials(compiled)} ${contacts(compiled)}
    `,
  };
}

const officialDay = (date: string): string => official(`${date}T00:00:00+08:00`).split(' ')[0] ?? '';

const originalTimes = (compiled: CompiledCall): string =>
  compiled.windows.map(({ title, closes }) => `“${title}”原定${official(closes)}截止`).join('，');

const WHO: [kind: string, title: string][] = [
  ['eligibility.org', '申报单位'],
  ['eligibility.pi', '项目负责人'],
  ['eligibility.team', '项目组'],
  ['eligibility.partner', '合作单位'],
  ['limit', '限项'],
  ['integrity', '诚信'],
];

function whoMayApply(compiled: CompiledCall): Html {
  const groups = WHO.map(([kind, title]) => ({
    title,
    found: compiled.clauses.filter((clause) => clause.kind === kind),
  }));
  return html`<section aria-labelledby="who">
    <h2 id="who">谁能申报</h2>
    ${groups.map(
      ({ title, found }) =>
        found.length > 0 &&
        html`<h3>${title}</h3>
          <ul class="card">
            ${found.map(({ id, at, text }) => html`<li>${text}<a class="cite" href="#${id}">〔${at}〕</a></li>`)}
          </ul>`,
    )}
  </section>`;
}

const OPENING = { open: '公开申报', invitation: '定向组织，仅限受邀单位', shown: '本次不受理' };

function topics({ topics: all }: CompiledCall): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<section aria-labelledby="topics">
    <h2 id="topics">申报方向</h2>
    <div class="table">
      <table class="stack">
        <caption>
          申报方向（专题）
        </caption>
        <thead>
          <tr>
            <th scope="col">代码</th>
            <th scope="col">方向</th>
            <th scope="col">申报方式</th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            ({ code, title, help, note, opening }) =>
              html`<tr>
                <th scope="row" class="place">${code}</th>
                <td>${title}${help && html`<br /><span class="note">${help}</span>`}</td>
                <td>${OPENING[opening]}${note && html`<br /><span class="note">${note}</span>`}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function clauses(compiled: CompiledCall): Html {
  const groups = byPart(compiled.clauses);
  return html`<section aria-labelledby="clauses">
    <h2 id="clauses">逐条要求</h2>
    <p class="lead">按通知的次序，用我们自己的话转述；以通知原文为准。每条后面写明系统怎样处理。</p>
    ${groups.map(
      ({ part, clauses: grouped }) =>
        html`<div class="table">
          <table class="stack">
            <caption>
              ${part ? `通知第${part}部分` : '通知其他部分'}
            </caption>
            <thead>
              <tr>
                <th scope="col">位置</th>
                <th scope="col">要求</th>
                <th scope="col">系统怎样处理</th>
              </tr>
            </thead>
            <tbody>
              ${grouped.map(
                (clause) =>
                  html`<tr id="${clause.id}">
                    <th scope="row" class="place">${clause.at}</th>
                    <td>
                      ${clause.text}
                      ${particularsOf(clause).map((line) => html`<br /><span class="note">${line}</span>`)}
                    </td>
                    <td>
                      <ul class="tags">
                        ${handlingOf(clause, compiled.words).map(
                          ({ label, tone }) => html`<li class="tag ${tone}">${label}</li>`,
                        )}
                      </ul>
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`,
    )}
  </section>`;
}

function materials(compiled: CompiledCall): Html {
  return html`<section aria-labelledby="materials">
    <h2 id="materials">要交的材料</h2>
    <p class="lead">填报时，系统按您填的内容列出您要交哪些。</p>
    <div class="table">
      <table class="stack">
        <caption>
          附件
        </caption>
        <thead>
          <tr>
            <th scope="col">材料</th>
            <th scope="col">什么时候要交</th>
            <th scope="col">格式</th>
            <th scope="col">通知条款</th>
          </tr>
        </thead>
        <tbody>
          ${compiled.materials.map(
            (material) =>
              html`<tr>
                <th scope="row">
                  ${material.title}${material.help && html`<br /><span class="note">${material.help}</span>`}
                </th>
                <td>${whenNeeded(material)}</td>
                <td>${material.accept.join('、').toUpperCase()}，每个不超过${sizeText(material.maxBytes)}</td>
                <td class="place">${placesOf(compiled, material.clauses)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function whenNeeded({ why, when, forEach, min, severity }: MaterialDefinition): string {
  if (why) return why;
  if (min === 0 || severity === 'hint') return '有则提交';
  const each = forEach ? `每个${forEach.label ?? '相关项'}一份` : '';
  return [when ? '视填写的内容而定' : '都要交', each].filter(Boolean).join('，');
}

const sizeText = (bytes: number): string => {
  const megabytes = bytes / 1024 / 1024;
  return megabytes >= 1 ? `${Math.round(megabytes * 10) / 10} MB` : `${Math.round(bytes / 1024)} KB`;
};

const placesOf = (compiled: CompiledCall, ids: readonly string[]): string =>
  ids.map((id) => compiled.clauses.find((clause) => clause.id === id)?.at ?? id).join('、');

function contacts({ contacts: all }: CompiledCall): Html {
  return html`<section aria-labelledby="contacts">
    <h2 id="contacts">联系方式</h2>
    <div class="table">
      <table class="stack">
        <caption>
          咨询
        </caption>
        <thead>
          <tr>
            <th scope="col">事项</th>
            <th scope="col">处室</th>
            <th scope="col">电话</th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            ({ matter, office, phones, note }) =>
              html`<tr>
                <th scope="row">${matter}</th>
                <td>${office}${note && html`<br /><span class="note">${note}</span>`}</td>
                <td>${phones.join('、')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

export const callNotFoundPage: Page = {
  title: '没有这份通知',
  main: html`<h1>没有这份申报通知</h1>
    <p>地址可能抄错了，或者这次演练已经结束。</p>
    <p><a href="/">看看现在有哪些申报通知</a></p>`,
};
