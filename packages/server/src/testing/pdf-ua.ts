import {
  decodePDFRawStream,
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { contentOperators } from './pdf-operators.ts';

/**
 * What of PDF/UA-1 (ISO 14289-1) a program can see, by the numbers of the Matterhorn Protocol 1.1; an empty list for a file that keeps
 * to all of it. It does not see what only a person can: whether an order of reading makes sense or an alternative text is a good one.
 */
export async function uaFindings(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const tree = structureOf(document);
  return [
    ...catalogFindings(document),
    ...document.getPages().flatMap((page, index) => pageFindings(page, tree, `page ${index + 1}`)),
    ...treeFindings(tree),
    ...fontFindings(document),
  ];
}

const name = (text: string): PDFName => PDFName.of(text);
const nameIn = (dict: PDFDict, key: string): string => {
  const value = dict.lookup(name(key));
  return value instanceof PDFName ? value.decodeText() : '';
};

function catalogFindings({ catalog, context }: PDFDocument): string[] {
  const metadata = catalog.lookup(name('Metadata'));
  const xmp =
    metadata instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(metadata).decode()).toString('utf8') : '';
  const mark = catalog.lookupMaybe(name('MarkInfo'), PDFDict);
  const viewer = catalog.lookupMaybe(name('ViewerPreferences'), PDFDict);
  const said: [boolean, string][] = [
    [/pdfuaid:part(="|>)1/.test(xmp), '06-002 no claim to PDF/UA-1'],
    [/<dc:title>.*<rdf:li[^>]*>[^<]/s.test(xmp), '06-003 no dc:title'],
    [mark?.lookup(name('Marked')) === PDFBool.True, '06 not marked'],
    [mark?.lookup(name('Suspects')) !== PDFBool.True, '01-007 suspects'],
    [viewer?.lookup(name('DisplayDocTitle')) === PDFBool.True, '07-001 title not displayed'],
    [catalog.lookup(name('Lang')) !== undefined, '11-006 no language'],
    [context.trailerInfo.Encrypt === undefined, '26-001 encrypted'],
    [catalog.lookup(name('Outlines')) !== undefined, 'no bookmarks'],
  ];
  return said.flatMap(([holds, finding]) => (holds ? [] : [finding]));
}

/** An element of the structure with its kind, in the order of reading. `content`: page and number of each piece it owns. */
type Element = { kind: string; dict: PDFDict; children: Element[]; content: string[]; objects: PDFObject[] };

function structureOf({ catalog, context }: PDFDocument): Element[] {
  const root = catalog.lookup(name('StructTreeRoot'), PDFDict);
  const roles = root.lookupMaybe(name('RoleMap'), PDFDict);
  const read = (dict: PDFDict, page: PDFObject | undefined): Element => {
    const kind = nameIn(dict, 'S');
    const mapped = roles?.lookup(name(kind));
    const element: Element = {
      kind: mapped instanceof PDFName ? mapped.decodeText() : kind,
      dict,
      children: [],
      content: [],
      objects: [],
    };
    const own = dict.get(name('Pg')) ?? page;
    const kids = dict.lookup(name('K'));
    for (const kid of kids instanceof PDFArray ? kids.asArray() : kids ? [kids] : []) {
      const value = kid instanceof PDFRef ? context.lookup(kid) : kid;
      if (value instanceof PDFNumber) element.content.push(`${String(own)}:${value.asNumber()}`);
      else if (!(value instanceof PDFDict)) continue;
      else if (nameIn(value, 'Type') === 'MCR')
        element.content.push(
          `${String(value.get(name('Pg')) ?? own)}:${value.lookup(name('MCID'), PDFNumber).asNumber()}`,
        );
      else if (nameIn(value, 'Type') === 'OBJR') element.objects.push(value.get(name('Obj')) ?? value);
      else element.children.push(read(value, own));
    }
    return element;
  };
  return read(root, undefined).children;
}

const everyElement = (elements: readonly Element[]): Element[] =>
  elements.flatMap((element) => [element, ...everyElement(element.children)]);

const KINDS = new Set(
  'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form'.split(
    ' ',
  ),
);

function treeFindings(tree: readonly Element[]): string[] {
  const all = everyElement(tree);
  let level = 0;
  const headings = all.flatMap(({ kind }) => {
    const next = Number(/^H([1-6])$/.exec(kind)?.[1] ?? 0);
    if (next === 0) return [];
    const skipped = next > level + 1;
    level = next;
    return skipped ? [`14-003 a heading of level ${next} skips one`] : [];
  });
  return [
    ...all.filter(({ kind }) => !KINDS.has(kind)).map(({ kind }) => `02-001 ${kind} is not a standard kind`),
    ...headings,
    ...all
      .filter(({ kind, dict }) => kind === 'Figure' && dict.lookup(name('Alt')) === undefined)
      .map(() => '13-004 a figure without alternative text'),
    ...all.filter(({ kind }) => kind === 'Table').flatMap(tableFindings),
  ];
}

function tableFindings(table: Element): string[] {
  const rows = table.children.flatMap((part) => (part.kind === 'TR' ? [part] : part.children));
  const cells = rows.flatMap(({ children }) => children);
  const heads = cells.filter(({ kind }) => kind === 'TH');
  const said: [boolean, string][] = [
    [rows.every(({ kind }) => kind === 'TR'), '09-004 something other than rows in a table'],
    [cells.every(({ kind }) => kind === 'TH' || kind === 'TD'), '09-005 something other than cells in a row'],
    [heads.length > 0, '15-003 a table without head cells'],
    [heads.every(hasScope), '15-003 a head cell without scope'],
  ];
  return said.flatMap(([holds, finding]) => (holds ? [] : [finding]));
}

function hasScope({ dict }: Element): boolean {
  const attributes = dict.lookup(name('A'));
  const list = attributes instanceof PDFArray ? attributes.asArray() : [attributes];
  return list.some((one) => {
    const value = one instanceof PDFRef ? dict.context.lookup(one) : one;
    return value instanceof PDFDict && value.has(name('Scope'));
  });
}

function pageFindings(page: PDFPage, tree: readonly Element[], where: string): string[] {
  const all = everyElement(tree);
  const owned = new Set(all.flatMap(({ content }) => content));
  const linked = new Set(
    all.filter(({ kind }) => kind === 'Link').flatMap(({ objects }) => objects.map((object) => String(object))),
  );
  const annotations = page.node.lookupMaybe(name('Annots'), PDFArray)?.asArray() ?? [];
  const { unmarked, pieces } = contentOperators(page);
  return [
    ...(unmarked > 0 ? [`01-005 ${where}: ${unmarked} operators outside of marked content`] : []),
    ...pieces
      .filter((piece) => !owned.has(`${String(page.ref)}:${piece}`))
      .map((piece) => `01-005 ${where}: piece ${piece} belongs to no element`),
    ...annotations
      .filter((one) => !linked.has(String(one)))
      .map(() => `28-002 ${where}: an annotation outside of the structure`),
    ...(annotations.length > 0 && nameIn(page.node, 'Tabs') !== 'S'
      ? [`28-008 ${where}: tab order is not the structure's`]
      : []),
  ];
}

function fontFindings({ context }: PDFDocument): string[] {
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFDict) || nameIn(object, 'Type') !== 'Font') return [];
    const font = nameIn(object, 'BaseFont');
    if (nameIn(object, 'Subtype') === 'Type0')
      return object.has(name('ToUnicode')) ? [] : [`10-001 ${font} without Unicode`];
    const descriptor = object.lookupMaybe(name('FontDescriptor'), PDFDict);
    const embedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.has(name(key)));
    return embedded ? [] : [`31-009 ${font} is not embedded`];
  });
}
