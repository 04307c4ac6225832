/** How many characters somebody typed: code points, as the limits of forms and passwords count them. */
export const charactersIn = (text: string): number => Array.from(text).length;
