import type { Subject } from '../subject.ts';
import type { Verdict } from '../verdict.ts';
import { contextOf } from './context.ts';
import { judgeForm } from './judge-form.ts';
import { judgeRule } from './judge-rule.ts';
import type { LinkedCall } from './link.ts';
import { judgeMaterials } from './materials.ts';

/** Every rule, what is missing or ill-formed in the form, and the materials: all findings, in the order of the form. */
export function evaluate(linked: LinkedCall, subject: Subject): Verdict[] {
  const context = contextOf(subject);
  const verdicts = [
    ...judgeForm(linked, context),
    ...linked.rules.map((rule) => judgeRule(linked, rule, context)),
    ...judgeMaterials(linked, context),
  ];
  return inFormOrder(linked, verdicts);
}

const orders = new WeakMap<LinkedCall, ReadonlyMap<string, number>>();

function orderOf(linked: LinkedCall): ReadonlyMap<string, number> {
  let order = orders.get(linked);
  if (!order) {
    const paths = [
      ...linked.form.sections.flatMap((section) => section.fields.map(({ path }) => path)),
      ...linked.materials.map(({ key }) => `materials.${key}`),
    ];
    order = new Map(paths.map((path, at) => [path, at]));
    orders.set(linked, order);
  }
  return order;
}

/** By the first field a finding stands beside; findings that stand nowhere come last. */
function inFormOrder(linked: LinkedCall, verdicts: readonly Verdict[]): Verdict[] {
  const order = orderOf(linked);
  const last = order.size;
  const placeOf = ({ fields }: Verdict): number => {
    const [first = ''] = fields;
    return order.get(first.split('[', 1)[0] ?? '') ?? last;
  };
  return verdicts
    .map((verdict) => ({ verdict, place: placeOf(verdict) }))
    .sort((a, b) => a.place - b.place)
    .map(({ verdict }) => verdict);
}
