import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const weight = (family: string, folder: string, file: string) =>
  join(dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), folder, file);

/** The weights that the templates use; they are read where they are installed, the other weights are never opened. */
export const FONT_FILES = [
  weight('noto-serif-sc', '400Regular', 'NotoSerifSC_400Regular.ttf'),
  weight('noto-sans-sc', '400Regular', 'NotoSansSC_400Regular.ttf'),
  weight('noto-sans-sc', '700Bold', 'NotoSansSC_700Bold.ttf'),
];
