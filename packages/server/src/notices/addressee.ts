import type { Role } from '@keshen/rules';

/** Somebody to tell, and the role in which it concerns them: their link leads where that role works. */
export type Addressee = { personId: string; role: Role };
