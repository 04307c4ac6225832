import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { projects: ['packages/rules', 'packages/server', 'packages/web'] } });
