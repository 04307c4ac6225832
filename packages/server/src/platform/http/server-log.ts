import type { FastifyRequest } from 'fastify';
import { withoutPersonalNumbers } from '../secrets/index.ts';

type Fault = Error & { code?: unknown; constraint?: unknown; table?: unknown };

/**
 * What the server writes to its output: requests without their query, which may hold what somebody looked for; faults without the rows and
 * parameters that the database adds to them, and without identity numbers, phones and addresses in their words.
 */
export const serverLog = (level: 'info' | 'warn') => ({
  level,
  hooks: {
    // The words of a fault that is logged alone would be repeated unmasked beside it.
    logMethod(this: unknown, args: unknown[], method: (...args: never[]) => void) {
      const [first, ...others] = args;
      const said = first instanceof Error ? [{ err: first }, first.message, ...others] : args;
      method.apply(this, said.map((one) => (typeof one === 'string' ? withoutPersonalNumbers(one) : one)) as never[]);
    },
  },
  serializers: {
    req: (request: FastifyRequest) => ({
      id: request.id,
      method: request.method,
      path: request.url.split('?', 1)[0] ?? '',
      address: request.ip,
    }),
    err: (fault: Fault) => {
      const { name, message, stack, code, constraint, table } = fault;
      return withoutPersonalNumbers({ type: name, message, stack: stack ?? '', code, constraint, table });
    },
  },
});
