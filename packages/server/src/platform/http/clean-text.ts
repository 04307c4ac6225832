/**
 * Text that PostgreSQL cannot keep: the NUL character and halves of surrogate pairs. Returns the path of the first, or undefined. The walk
 * is iterative, so that deep nesting cannot exhaust the stack.
 */
export function findUnstorableText(body: unknown): string | undefined {
  const open: { path: string; value: unknown }[] = [{ path: '', value: body }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { path, value } = at;
    if (typeof value === 'string') {
      if (isUnstorable(value)) return path || '内容';
    } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (isUnstorable(key)) return path || '内容';
        open.push({ path: path ? `${path}.${key}` : key, value: item });
      }
    }
  }
  return undefined;
}

const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();
