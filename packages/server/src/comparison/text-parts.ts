/** A text as its two versions share or do not share it, in the order of reading. */
export type TextPart = { kind: 'same' | 'removed' | 'added'; text: string };

/** Pairs of sentences that are looked at; two texts with more are told apart as wholes. */
const MOST_PAIRS = 4_000_000;

/** What was taken out and what was put in, sentence by sentence; within a sentence that was reworded, only its middle. */
export function textParts(before: string, after: string): TextPart[] {
  const [one, other] = [sentencesOf(before), sentencesOf(after)];
  const head = commonLength(one, other, (list, at) => list[at]);
  const rest = [one.slice(head), other.slice(head)] as const;
  const tail = commonLength(...rest, (list, at) => list[list.length - 1 - at]);
  const [middleOne, middleOther] = [rest[0].slice(0, rest[0].length - tail), rest[1].slice(0, rest[1].length - tail)];
  return joined([
    same(one.slice(0, head).join('')),
    ...(middleOne.length * middleOther.length > MOST_PAIRS
      ? reworded(middleOne.join(''), middleOther.join(''))
      : longestCommon(middleOne, middleOther)),
    same(rest[0].slice(rest[0].length - tail).join('')),
  ]);
}

const same = (text: string): TextPart => ({ kind: 'same', text });
const sentencesOf = (text: string): string[] => text.split(/(?<=[。；！？!?;\n])/u);

function commonLength<T>(
  one: readonly T[],
  other: readonly T[],
  at: (list: readonly T[], index: number) => T | undefined,
) {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && at(one, length) === at(other, length)) length += 1;
  return length;
}

/** The usual table of longest common subsequences, walked from its beginning. */
function longestCommon(one: readonly string[], other: readonly string[]): TextPart[] {
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        one[row] === other[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const parts: TextPart[] = [];
  let [row, column] = [0, 0];
  let [removed, added] = ['', ''];
  const flush = () => {
    parts.push(...reworded(removed, added));
    [removed, added] = ['', ''];
  };
  while (row < one.length || column < other.length) {
    if (row < one.length && column < other.length && one[row] === other[column]) {
      flush();
      parts.push(same(one[row] ?? ''));
      row += 1;
      column += 1;
    } else if (column >= other.length || (row < one.length && lengthAt(row + 1, column) >= lengthAt(row, column + 1))) {
      removed += one[row] ?? '';
      row += 1;
    } else {
      added += other[column] ?? '';
      column += 1;
    }
  }
  flush();
  return parts;
}

/** Beginning and end that both have are the same; what is between was changed. By code points, so that no character is torn. */
function reworded(removed: string, added: string): TextPart[] {
  const [one, other] = [Array.from(removed), Array.from(added)];
  const head = commonLength(one, other, (list, at) => list[at]);
  const rest = [one.slice(head), other.slice(head)] as const;
  const tail = commonLength(...rest, (list, at) => list[list.length - 1 - at]);
  const until = (list: readonly string[]) => list.slice(0, list.length - tail).join('');
  return [
    same(one.slice(0, head).join('')),
    { kind: 'removed', text: until(rest[0]) },
    { kind: 'added', text: until(rest[1]) },
    same(rest[0].slice(rest[0].length - tail).join('')),
  ];
}

function joined(parts: readonly TextPart[]): TextPart[] {
  const result: TextPart[] = [];
  for (const { kind, text } of parts) {
    const last = result.at(-1);
    if (text === '') continue;
    if (last?.kind === kind) last.text += text;
    else result.push({ kind, text });
  }
  return result;
}
