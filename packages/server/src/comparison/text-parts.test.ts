import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textParts } from './text-parts.ts';

const shown = (before: string, after: string) =>
  textParts(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');

test('only what was reworded is marked, whole sentences where they came or went', () => {
  expect(shown('甲方负责研究。乙方负责试验。', '甲方负责研究。乙方负责工业试验。')).toBe(
    '甲方负责研究。乙方负责{+工业+}试验。',
  );
  expect(shown('一。二。三。', '一。三。')).toBe('一。[-二。-]三。');
  expect(shown('一。三。', '一。二。三。四。')).toBe('一。{+二。+}三。{+四。+}');
  expect(shown('投入30万元。', '投入50万元。')).toBe('投入[-3-]{+5+}0万元。');
  expect(shown('', '新写的。')).toBe('{+新写的。+}');
});

test('a character of two code units is never torn', () => {
  expect(shown('𠮷', '𠮶')).toBe('[-𠮷-]{+𠮶+}');
});

test('both versions can be read back from the parts', () => {
  const text = fc.array(fc.constantFrom('甲', '乙。', '丙；', '𠮷', '\n', 'a ')).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = textParts(before, after);
      const without = (kind: string) => parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join('');
      expect([without('added'), without('removed')]).toEqual([before, after]);
    }),
  );
});

test('two texts of the longest kind, all of it different, are told apart within a second', () => {
  const long = (word: string) => Array.from({ length: 8000 }, (_, index) => `${word}${index}。`).join('');
  const began = performance.now();
  textParts(long('甲'), long('乙'));
  expect(performance.now() - began).toBeLessThan(1000);
});
