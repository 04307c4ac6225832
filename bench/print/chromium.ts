import { chromium } from '@playwright/test';
import { quantile } from '../measure.ts';
import { type Material, modelOf } from './long-application.ts';

/** Debian's browser; nothing is downloaded. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The same texts as a web page of headings, tables and paragraphs, printed tagged by a browser that is already open. */
export async function inChromium(
  material: Material,
  documents: number,
): Promise<{ name: string; pages: number; median: number }> {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  try {
    const page = await browser.newPage();
    const seconds: number[] = [];
    let pages = 0;
    for (let ordinal = 0; ordinal <= documents; ordinal += 1) {
      const html = pageOf(await modelOf(material, ordinal));
      const begun = performance.now();
      await page.setContent(html);
      const pdf = await page.pdf({ format: 'A4', tagged: true, outline: true, margin: MARGIN });
      // The first one warms up.
      if (ordinal > 0) seconds.push((performance.now() - begun) / 1000);
      pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    }
    return { name: `Chromium ${browser.version().split('.')[0]}`, pages, median: quantile(seconds, 0.5) };
  } finally {
    await browser.close();
  }
}

const MARGIN = { top: '27mm', bottom: '29mm', left: '28mm', right: '20mm' };
const STYLE =
  'body{font:11pt/1.85 "Noto Serif CJK SC";text-align:justify}table{border-collapse:collapse;width:100%;font-size:9.5pt}td,th{border:.5pt solid #777;padding:4pt}section{break-before:page}';

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Titles, rows of texts and texts, wherever in the model they stand. */
function pageOf(model: unknown): string {
  const { parts = [] } = model as { parts?: unknown[] };
  return `<!doctype html><html lang="zh-CN"><title>申报书</title><style>${STYLE}</style>${parts.map((part) => `<section>${bodyOf(part)}</section>`).join('')}`;
}

function bodyOf(value: unknown): string {
  if (typeof value === 'string') return `<p>${escaped(value).replaceAll('\n', '</p><p>')}</p>`;
  if (Array.isArray(value)) {
    const rows = value.filter(
      (row): row is string[] => Array.isArray(row) && row.every((cell) => typeof cell === 'string'),
    );
    if (rows.length > 0 && rows.length === value.length) return tableOf(rows);
    const pairs = value.filter(isPair);
    if (pairs.length > 0 && pairs.length === value.length)
      return tableOf(pairs.map(({ label, value: text }) => [label, text]));
    return value.map(bodyOf).join('');
  }
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, item]) => {
      if (key === 'kind' || key === 'columns' || typeof item === 'boolean') return '';
      return key === 'title' && typeof item === 'string' ? `<h2>${escaped(item)}</h2>` : bodyOf(item);
    })
    .join('');
}

const isPair = (value: unknown): value is { label: string; value: string } =>
  typeof value === 'object' && value !== null && 'label' in value && 'value' in value;

const tableOf = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table>`;
