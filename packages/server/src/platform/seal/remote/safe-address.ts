/** Where a token and what is to be signed may be sent: over https, or plainly to this very machine (a proxy of the operator's). */
export function isSafeAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname))
  );
}
