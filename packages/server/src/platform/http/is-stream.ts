/** Uploads arrive as a stream (or a buffer), which is not text and is not looked at here. */
export const isStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('pipe' in body || Buffer.isBuffer(body));
