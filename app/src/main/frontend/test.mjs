// Bundles test/*.test.ts and runs them with Node's own test runner; nothing else is needed.  node test.mjs [OUT]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../../../target/frontend-tests'));
const tests = readdirSync(join(here, 'test')).filter(name => name.endsWith('.test.ts'));
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: tests.map(name => join('test', name)),
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
try {
  execFileSync(process.execPath, ['--test', ...tests.map(name => join(out, name.replace(/\.ts$/, '.mjs')))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
} catch (e) {
  process.stdout.write(e.stdout ?? '');
  process.exit(1);
}
