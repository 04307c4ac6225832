import type { MaterialDefinition } from '../../call.ts';
import type { Checker } from '../expression/checker.ts';
import type { MaterialsFile } from '../files/materials-file.ts';
import { compileField } from './compile-form.ts';
import { compileForEach } from './compile-each.ts';
import { trimmed, type Compilation } from './compilation.ts';

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;
const DEFAULT_MAX_FILES = 10;

export function compileMaterials(
  compilation: Compilation,
  checker: Checker,
  materials: MaterialsFile,
): MaterialDefinition[] {
  return materials.map((material) => {
    const each = material.for_each && compileForEach(compilation, checker, material.for_each);
    const [min, max] = [material.min ?? 1, material.max ?? Math.max(DEFAULT_MAX_FILES, material.min ?? 1)];
    if (max < min) compilation.report(material, 'max', `max（${max}）小于 min（${min}）`);
    const columns = checker.symbols.materials.get(material.key)?.columns ?? new Map<string, never>();
    return trimmed({
      key: material.key,
      title: material.title,
      clauses: material.clause,
      help: material.help,
      why: material.why,
      severity: material.severity ?? 'block',
      when: compilation.condition(checker, material.when, each?.scope ?? []),
      forEach: each?.forEach,
      min,
      max,
      accept: (material.accept ?? ['pdf']).map((extension) => extension.toLowerCase()),
      maxBytes: material.maxBytes ?? DEFAULT_MAX_BYTES,
      colour: material.colour,
      template: material.template,
      facts: (material.facts ?? []).map((fact) =>
        compileField(compilation, checker, fact, {
          path: `materials.${material.key}.${fact.key}`,
          scope: [{ name: 'it', columns }],
          rowColumns: columns,
        }),
      ),
    });
  });
}
