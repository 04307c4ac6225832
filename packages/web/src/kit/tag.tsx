import type { ReactNode } from 'react';

export type Tone = 'plain' | 'accent' | 'good' | 'wait' | 'bad';

/** A word with a state; the word says it, the colour only helps. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`ks-tag ks-tag--${tone}`}>{children}</span>;
}
