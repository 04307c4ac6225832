/** Money is a whole number of 分, never a float. */
export type Fen = number;

const WRITING = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(亿元|万元|元)$/;
const DIGITS_BELOW_UNIT: Record<string, number> = { 元: 2, 万元: 6, 亿元: 10 };

/**
 * `30万元`, `69.99万元`, `1,000元`, `0.5亿元` to 分. Undefined for other writings, for anything finer than one 分 and for
 * amounts beyond the safe integers (90 万亿元).
 */
export function parseMoney(text: string): Fen | undefined {
  const match = WRITING.exec(toHalfWidth(text.trim()));
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', unit = ''] = match;
  const places = DIGITS_BELOW_UNIT[unit] ?? 0;
  if (/[1-9]/.test(fraction.slice(places))) return undefined;
  const fen = Number(whole.replaceAll(',', '') + fraction.slice(0, places).padEnd(places, '0'));
  if (!Number.isSafeInteger(fen)) return undefined;
  return sign === '-' ? 0 - fen : fen;
}

/** What somebody types into a box labelled 万元: `69.99`, `1,000`, full-width digits, or with its own unit. */
export const parseTenThousands = (text: string): Fen | undefined => {
  const typed = toHalfWidth(text.trim());
  return parseMoney(typed.endsWith('元') ? typed : `${typed}万元`);
};

/** Full-width digits, letters and points to the ordinary ones. */
export const toHalfWidth = (text: string): string =>
  text.replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)).replace(/　/g, ' ');

function decimal(fen: Fen, places: number, atLeast: number): string {
  const digits = String(Math.abs(fen)).padStart(places + 1, '0');
  const whole = digits.slice(0, -places);
  const fraction = digits.slice(-places).replace(/0+$/, '').padEnd(atLeast, '0');
  return `${fen < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** 30万元, 69.99万元, 69.993万元; exact: as many decimals as it takes, at most six. */
export const formatTenThousands = (fen: Fen): string => `${decimal(fen, 6, 0)}万元`;

/** 30.00: the number alone with at least two decimals, for a column headed 万元. */
export const tenThousandsColumn = (fen: Fen): string => decimal(fen, 6, 2);

/** 300元, 0.01元 */
export const formatYuan = (fen: Fen): string => `${decimal(fen, 2, 0)}元`;

/** As officials write it in a sentence: 万元 from 1000元 on, 元 below. */
export const formatMoney = (fen: Fen): string =>
  fen === 0 || Math.abs(fen) >= 100_000 ? formatTenThousands(fen) : formatYuan(fen);

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/** One group of four digits; a gap inside is read as one 零. */
function readGroup(group: number): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const value = Math.floor(group / 10 ** place) % 10;
    if (value === 0) gap = text !== '';
    else {
      text += (gap ? '零' : '') + DIGITS[value] + PLACES[place];
      gap = false;
    }
  }
  return text;
}

function readWhole(yuan: number): string {
  let text = '';
  let rest = yuan;
  const groups: number[] = [];
  while (rest > 0) {
    groups.push(rest % 10_000);
    rest = Math.floor(rest / 10_000);
  }
  let gap = false;
  for (let at = groups.length - 1; at >= 0; at -= 1) {
    const group = groups[at] ?? 0;
    if (group === 0) {
      gap = text !== '';
      continue;
    }
    text += (text !== '' && (gap || group < 1000) ? '零' : '') + readGroup(group) + unitOf(at, groups);
    gap = false;
  }
  return text;
}

/** 万亿 only says 亿 itself where no 亿 group follows. */
const unitOf = (at: number, groups: readonly number[]): string =>
  at === 3 && (groups[2] ?? 0) > 0 ? '万' : (GROUPS[at] ?? '');

/**
 * 人民币大写: 300000元 is 人民币叁拾万元整. Below one 分 nothing exists; negative amounts are read 负.
 */
export function readInCapitals(fen: Fen): string {
  const absolute = Math.abs(fen);
  const [yuan, jiao, cents] = [Math.floor(absolute / 100), Math.floor(absolute / 10) % 10, absolute % 10];
  const sign = fen < 0 ? '负' : '';
  const whole = yuan > 0 ? `${readWhole(yuan)}元` : '';
  if (jiao === 0 && cents === 0) return `人民币${sign}${whole || '零元'}整`;
  const small = (jiao > 0 ? `${DIGITS[jiao]}角` : whole ? '零' : '') + (cents > 0 ? `${DIGITS[cents]}分` : '整');
  return `人民币${sign}${whole}${small}`;
}
