import { parseTenThousands, toHalfWidth } from '@keshen/rules';

export type ParsedAmount = { ok: true; fen: number } | { ok: false; message: string };

/** 100 million 万元: beyond it a unit was mistaken. */
const MOST_FEN = 100_000_000_000_000;

/**
 * Reads an amount typed into a box labelled 万元 and returns integer 分, exactly. Full-width digits, separators and a unit of
 * its own (`30万元`, `300000元`) are understood. Bounds: 0 to 1 亿万元, nothing finer than one 分.
 */
export function parseAmount(text: string): ParsedAmount {
  const plain = toHalfWidth(text)
    .replace(/[\s,]/g, '')
    .replace(/万$/, '万元')
    .replace(/\.(?=$|万元|元)/, '');
  if (plain.startsWith('-')) return { ok: false, message: '金额不能为负' };
  const fen = parseTenThousands(plain);
  if (fen !== undefined && fen <= MOST_FEN) return { ok: true, fen };
  if (!/^\d+(\.\d+)?(万元|元)?$/.test(plain)) return { ok: false, message: '请填数字，单位万元，例如 30 或 69.99' };
  if (/^\d{9,}/.test(plain)) return { ok: false, message: '金额过大，请核对单位是否为万元' };
  return { ok: false, message: '最小到分：以万元计的小数不超过六位，以元计的不超过两位' };
}
