import { anchorOf } from './paths.ts';

const FOCUSABLE = 'input:not([type="hidden"]):not([tabindex="-1"]), textarea, select, button, [tabindex="0"]';

/**
 * Brings a field into view and puts the focus into its first control. Where the page has no such cell or file, what it
 * belongs to is shown instead.
 */
export function focusField(path: string): void {
  const wider = [path, path.replace(/\.[^.\]]+$/, ''), path.replace(/\[.*$/, '')];
  const field = wider.map((one) => document.getElementById(anchorOf(one))).find((element) => element !== null);
  if (!field) return;
  field.scrollIntoView({ block: 'center' });
  const control = field.querySelector<HTMLElement>(FOCUSABLE);
  control?.focus({ preventScroll: true });
}
