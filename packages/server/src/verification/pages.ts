import { html, type Html } from '../platform/http/html.ts';
import type { Page } from '../platform/http/page.ts';
import { fingerprintOf } from '../platform/signing/index.ts';
import type { Verification } from './verdict.ts';

type Saying = { heading: string; meaning: string; good: boolean };

const SAYINGS: {
  [About in Verification['about']]: Record<Extract<Verification, { about: About }>['standing'], Saying>;
} = {
  list: {
    current: { heading: '有效', meaning: '这份清单是当前有效的清单，尚未报送。', good: true },
    delivered: { heading: '有效，已报送', meaning: '这份清单已经报送，与系统中的一致。', good: true },
    voided: {
      heading: '已失效',
      meaning: '导出以后推荐的项目有变化，这份清单不能再用，请以重新导出的为准。',
      good: false,
    },
  },
  application: {
    current: { heading: '最新版本', meaning: '这份打印件与系统中最近一次提交的内容一致。', good: true },
    superseded: { heading: '不是最新版本', meaning: '打印以后又提交过修改，请以最新版本为准。', good: false },
    draft: { heading: '草稿', meaning: '这份打印件的内容没有提交过，不能作为申报依据。', good: false },
  },
  pledge: {
    printed: { heading: '由本系统打印', meaning: '这份承诺书由本系统打印，还没有上传签字盖章的扫描件。', good: true },
    uploaded: { heading: '已签章上传', meaning: '这份承诺书由本系统打印，签字盖章的扫描件已经上传。', good: true },
  },
  refusal: {
    refused: {
      heading: '日志里有这条记录',
      meaning: '下面的操作到达了本系统，没有被接受，与日志一致。',
      good: true,
    },
  },
  paperReceipt: {
    registered: { heading: '有这张回执', meaning: '纸质材料的收件登记与系统中的一致。', good: true },
    voided: { heading: '登记已撤销', meaning: '这次收件登记后来撤销了，回执不再有效。', good: false },
  },
  nothing: {
    forged: {
      heading: '不是本系统的文件',
      meaning: '二维码不是由本系统签发的，或者已被改动。请勿采信，并向出具文件的单位核实。',
      good: false,
    },
    unknown: {
      heading: '没有查到',
      meaning:
        '本系统里没有提交过的版本或清单对应这个码。没有提交过的草稿凭页脚的小码和16位码查不到，请扫封面上的大码；演练数据清除以后也会查不到。',
      good: false,
    },
    unreadable: {
      heading: '码不完整',
      meaning: '码共16位，由数字和大写字母组成，每4位一组，请对照纸面重新输入。',
      good: false,
    },
  },
};

const ABOUT = {
  list: '推荐清单核验',
  application: '申报书核验',
  pledge: '承诺书核验',
  refusal: '未被接受的操作',
  paperReceipt: '收件回执核验',
  nothing: '文件核验',
};

function sayingOf(verification: Verification): Saying {
  if (verification.about === 'list') return SAYINGS.list[verification.standing];
  if (verification.about === 'pledge') return SAYINGS.pledge[verification.standing];
  if (verification.about === 'refusal') return SAYINGS.refusal[verification.standing];
  if (verification.about === 'paperReceipt') return SAYINGS.paperReceipt[verification.standing];
  if (verification.about === 'application') return SAYINGS.application[verification.standing];
  return SAYINGS.nothing[verification.standing];
}

/** The answer to a scanned or typed code. */
export function verificationPage(verification: Verification): Page {
  const { about } = verification;
  const saying = sayingOf(verification);
  const known = about === 'nothing' ? undefined : verification;
  return {
    title: `${ABOUT[about]}：${saying.heading}`,
    rehearsal: known?.rehearsal ?? false,
    main: html`
      <h1>
        ${ABOUT[about]}
        <span class="tag ${saying.good ? 'open' : 'person'}">${saying.heading}</span>
        ${known?.rehearsal && html`<span class="tag person">演练</span>`}
      </h1>
      <p class="lead" role="status">${saying.meaning}${known?.rehearsal && '这是演练中产生的文件，没有任何效力。'}</p>
      ${known?.why && html`<p>${known.why}</p>`}
      ${
        known &&
        html`<dl class="facts card">
          ${known.facts.map(
            ({ label, value }) =>
              html`<dt>${label}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>`
      }
      ${
        known?.about === 'application' &&
        known.compare &&
        html`<p><a href="${known.compare}">逐项对照这份打印件与最新内容</a>（登录后有权查看这份申报的人员可用）</p>`
      }
      ${codeForm()}
    `,
  };
}

export const codePage = (): Page => ({
  title: '文件核验',
  main: html`
    <h1>文件核验</h1>
    <p>扫描清单或申报书上的二维码，可以直接看到它是否有效；不便扫码的，请输入二维码旁或页脚的16位码。</p>
    ${codeForm()}
    <p>
      下载保存过提交、推荐等回执的，可以<a href="/app/receipt">核验回执</a>；不联网时，可以凭公钥<a href="/verify"
        >离线核验</a
      >。
    </p>
  `,
});

/** How a paper is verified without the system: the key, by which people compare it, and the command. */
export const keyPage = (publicKey: string): Page => ({
  title: '离线核验',
  main: html`
    <h1>离线核验</h1>
    <p class="lead">
      打印件首页的大二维码带有本系统的数字签名（Ed25519）。不联网也能核验它是不是本系统签发、属于哪份通知、是不是演练；是不是最新版本，须<a
        href="/v"
        >联网核验</a
      >。
    </p>
    <h2>公钥</h2>
    <pre class="proof">${publicKey.trim()}</pre>
    <p><a class="button" href="/verify/public-key.pem">下载公钥</a></p>
    <h2>公钥指纹</h2>
    <p>公钥的 SHA-256。请与通知或者其他途径公布的指纹对照，一致才用。</p>
    <p class="proof">${fingerprintOf(publicKey)}</p>
    <h2>怎样核验</h2>
    <ol>
      <li>下载公钥，对照指纹。</li>
      <li>用手机或扫描枪读出二维码的内容，或者把文件扫描成 PDF。</li>
      <li>在装有本系统命令行的电脑上运行：<code>npx keshen verify 文件.pdf --key keshen-public-key.pem</code></li>
    </ol>
    <p>
      加
      <code>--call 通知</code>
      可以指定应当是哪份通知；伪造的、别的通知的、演练的各有说明，并以退出码区分（只有正式文件为 0）。
    </p>
  `,
});

const codeForm = (): Html => html`
  <form action="/v" method="get" class="code">
    <label for="code">清单码或版本码</label>
    <input
      id="code"
      name="code"
      required
      maxlength="40"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      aria-describedby="code-help"
    />
    <button class="button" type="submit">核验</button>
    <p id="code-help">例如 ABCD-EFGH-JKMN-PQRS，大小写、横线和空格不限。</p>
  </form>
`;
