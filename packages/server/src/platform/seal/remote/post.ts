const PATIENCE = 20_000;
const LARGEST_ANSWER = 1_000_000;

/**
 * Posts to a service of the authority. Throws on anything but success within 20 seconds and 1 MB, and on a redirection: what is signed goes
 * to the configured address or nowhere.
 */
export async function post(
  address: string,
  contentType: string,
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { ...headers, 'content-type': contentType },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    length += part.length;
    if (length > LARGEST_ANSWER) throw new Error(`${address} answered with more than a megabyte`);
  }
  const answer = Uint8Array.from(Buffer.concat(parts));
  if (!response.ok)
    throw new Error(`${address} answered ${response.status}: ${new TextDecoder().decode(answer).slice(0, 300)}`);
  return answer;
}
