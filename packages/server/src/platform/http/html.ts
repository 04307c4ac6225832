/** A piece of HTML that is safe to put into a page as it stands. */
export type Html = { readonly html: string };

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

type Piece = Html | string | number | undefined | false | readonly Piece[];

const render = (piece: Piece): string => {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  return 'html' in piece ? piece.html : piece.map(render).join('');
};

/** Everything put in is escaped, unless it was made by this very function; lists are joined, undefined and false are nothing. */
export const html = (parts: TemplateStringsArray, ...pieces: Piece[]): Html => ({
  html: parts.map((part, index) => part + render(pieces[index])).join(''),
});
