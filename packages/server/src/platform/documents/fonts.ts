import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const weight = (family: string, folder: string, file: string) =>
  join(dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), folder, file);

/** The weights that the templates use; they are read where they are installed, the other weights are never opened. */
const OWN = [
  weight('noto-serif-sc', '400Regular', 'NotoSerifSC_400Regular.ttf'),
  weight('noto-sans-sc', '400Regular', 'NotoSansSC_400Regular.ttf'),
  weight('noto-sans-sc', '700Bold', 'NotoSansSC_700Bold.ttf'),
];

/** Our own fonts and those that lie in the operator's folder, if there is one. */
export const fontFiles = (folder: string): string[] => [...OWN, ...added(folder)];

function added(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(ttf|otf)$/i.test(name))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
