/** What the server must have received; browsers compute it on secure pages only, elsewhere the server's own sum stands alone. */
export async function sha256(file: Blob): Promise<string | undefined> {
  if (!globalThis.crypto.subtle) return undefined;
  try {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return undefined;
  }
}
