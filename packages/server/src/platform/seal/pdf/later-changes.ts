import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from '@cantoo/pdf-lib';

/** What adding a signature field changes in the form. */
const FORM_ENTRIES = ['Fields', 'SigFlags'];

/**
 * What a later revision did to an earlier one besides adding signature fields, in words for the log (English); empty when nothing. An
 * update may redefine any object of the file without touching a signed byte, so every object of the earlier revision is compared. New
 * objects are harmless as long as nothing but the list of fields and the pages' annotations leads to them.
 */
export async function laterChanges(earlier: Uint8Array, later: Uint8Array): Promise<string[]> {
  const [before, after] = await Promise.all(
    [earlier, later].map((bytes) => PDFDocument.load(bytes, { updateMetadata: false })),
  );
  if (!before || !after) return [];
  const changes: string[] = [];
  for (const entry of ['Root', 'Info'] as const)
    if (before.context.trailerInfo[entry]?.toString() !== after.context.trailerInfo[entry]?.toString())
      changes.push(`another ${entry}`);
  const pages = new Set(before.getPages().map(({ ref }) => ref.toString()));
  const forms = [formOf(before), formOf(after)] as const;

  for (const [ref, object] of before.context.enumerateIndirectObjects()) {
    const present = after.context.lookup(ref);
    if (isCrossReference(object) || (present && same(object, present))) continue;
    const allowed =
      object instanceof PDFDict && present instanceof PDFDict
        ? object === before.catalog
          ? sameBut(object, present, ['AcroForm'])
          : object === forms[0]
            ? sameBut(object, present, FORM_ENTRIES)
            : pages.has(ref.toString()) && sameBut(object, present, ['Annots'])
        : false;
    if (!allowed) changes.push(`object ${ref.toString()}`);
  }
  const formFields = [listOf(before, forms[0], 'Fields'), listOf(after, forms[1], 'Fields')] as const;
  if (!sameBut(forms[0], forms[1], FORM_ENTRIES) || !onlySignaturesAdded(after, ...formFields))
    changes.push('form fields');
  const pagesAfter = after.getPages();
  before.getPages().forEach((page, index) => {
    const annotations = listOf(after, pagesAfter[index]?.node, 'Annots');
    if (!onlySignaturesAdded(after, listOf(before, page.node, 'Annots'), annotations))
      changes.push(`annotations of page ${index + 1}`);
  });
  return changes;
}

const formOf = (document: PDFDocument) => document.catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict);

const listOf = (document: PDFDocument, owner: PDFDict | undefined, key: string): PDFObject[] => {
  const list = document.context.lookup(owner?.get(PDFName.of(key)));
  return list instanceof PDFArray ? list.asArray() : [];
};

/** The earlier entries come first and unchanged; each new one is a signature field. */
function onlySignaturesAdded(document: PDFDocument, earlier: PDFObject[], later: PDFObject[]): boolean {
  return (
    earlier.length <= later.length &&
    earlier.every((one, index) => one.toString() === later[index]?.toString()) &&
    later.slice(earlier.length).every((one) => {
      const added = document.context.lookup(one);
      return one instanceof PDFRef && added instanceof PDFDict && added.lookup(PDFName.of('FT')) === PDFName.of('Sig');
    })
  );
}

function sameBut(before: PDFDict | undefined, after: PDFDict | undefined, except: string[]): boolean {
  const rest = (dictionary: PDFDict | undefined) =>
    (dictionary?.entries() ?? [])
      .filter(([key]) => !except.includes(key.decodeText()))
      .map(([key, value]) => `${key.toString()} ${value.toString()}`)
      .toSorted()
      .join('\n');
  return rest(before) === rest(after);
}

function same(before: PDFObject, after: PDFObject): boolean {
  if (before instanceof PDFStream && after instanceof PDFStream)
    return (
      before.dict.toString() === after.dict.toString() &&
      Buffer.compare(before.getContents(), after.getContents()) === 0
    );
  return before.constructor === after.constructor && before.toString() === after.toString();
}

/** Each revision has a cross-reference stream of its own; readers take it for where objects lie, never for content. */
const isCrossReference = (object: PDFObject): boolean =>
  object instanceof PDFStream && object.dict.lookup(PDFName.of('Type')) === PDFName.of('XRef');
