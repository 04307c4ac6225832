import { expect, test } from 'vitest';
import { similarity } from './titles.ts';

test.each([
  ['五轴加工中心主轴热误差补偿', '五轴加工中心主轴热误差补偿', 'same'],
  ['五轴加工中心 主轴热误差（补偿）', '五轴加工中心主轴热误差(补偿)', 'same'],
  ['５轴加工中心', '5轴加工中心', 'same'],
  ['五轴加工中心主轴热误差补偿技术', '五轴加工中心主轴热误差补偿方法研究', 'similar'],
  ['五轴加工中心主轴热误差补偿', '海水淡化膜抗污染研究', undefined],
  ['', '', undefined],
  ['！', '？', undefined],
])('%j and %j: %s', (a, b, expected) => {
  expect(similarity(a, b)).toBe(expected);
  expect(similarity(b, a)).toBe(expected);
});
