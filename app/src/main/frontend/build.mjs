// Builds the front end into OUT (default: target/classes of the app module):
//   static/assets/*            files with their content's hash in the name
//   fonts/*                    the whole font, for papers
//   musubi-assets.properties   which name each of them has, for the server
// With unchanged inputs nothing is done.  node build.mjs [OUT]
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../../../target/classes'));
const assets = join(out, 'static/assets');
const coverageScale = resolve(here, '../../../../gis-data/src/main/resources/jp/musubi/common/geo/coverage-scale.json');

const sha256 = content => createHash('sha256').update(content).digest('hex');

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.name !== 'node_modules')
    .flatMap(entry => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

const inputs = sha256([...filesBelow(here), coverageScale].map(file => file + sha256(readFileSync(file))).join('\n'));
const stamp = join(out, 'musubi-assets.stamp');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) {
  process.exit(0);
}

// 1. Packages, when the lock file is another one than last time.
const lock = sha256(readFileSync(join(here, 'package-lock.json')));
const lockStamp = join(here, 'node_modules/.musubi-lock');
if (!existsSync(lockStamp) || readFileSync(lockStamp, 'utf8') !== lock) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(lockStamp, lock);
}

// 2. Types.
run(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', here]);

// 3. Bundles.
const { build } = await import('esbuild');
rmSync(assets, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: {
    app: 'src/app.ts',
    ops: 'src/ops/ops.ts',
    roster: 'src/volunteers/roster.ts',
    checkin: 'src/volunteers/checkin.ts',
    register: 'src/training/register.ts',
    'checkin-worker': 'src/volunteers/checkin-worker.ts',
    musubi: 'css/musubi.css',
    map: 'css/map.css',
  },
  outdir: assets,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome111', 'firefox111', 'safari16.4'],
  minify: true,
  legalComments: 'linked',
  metafile: true,
  loader: { '.woff2': 'file', '.svg': 'file' },
  plugins: [fonts(), coverage()],
  logLevel: 'warning',
});

const names = new Map();
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  if (output.entryPoint) {
    const name = basename(file);
    names.set(name.replace(/-[A-Z0-9]{8}(?=\.(js|css)$)/, ''), name);
  }
}
copyHashed('map-worker.js', join(here, 'node_modules/maplibre-gl/dist/maplibre-gl-csp-worker.js'));
copyHashed('icons.svg', join(here, 'icons/icons.svg'));
copyHashed('mark.svg', join(here, 'icons/mark.svg'));
cpSync(join(here, 'node_modules/maplibre-gl/LICENSE.txt'), join(assets, 'maplibre-gl.LICENSE.txt'));
cpSync(join(here, 'node_modules/@fontsource/biz-udpgothic/LICENSE'), join(assets, 'biz-udpgothic.LICENSE.txt'));
for (const [weight, name] of [['400Regular', 'Regular'], ['700Bold', 'Bold']]) {
  cpSync(
    join(here, `node_modules/@expo-google-fonts/biz-udpgothic/${weight}/BIZUDPGothic_${weight}.ttf`),
    join(out, `fonts/BIZUDPGothic-${name}.ttf`),
  );
}
cpSync(join(here, 'node_modules/@expo-google-fonts/biz-udpgothic/LICENSE_FONT'), join(out, 'fonts/LICENSE.txt'));

// 4. The list for the server, written last: a broken build is never taken for a whole one.
writeFileSync(
  join(out, 'musubi-assets.properties'),
  [...names].sort().map(([name, file]) => `${name}=${file}\n`).join(''),
);
writeFileSync(stamp, inputs);
const bytes = filesBelow(assets).reduce((sum, file) => sum + statSync(file).size, 0);
console.log(`front end: ${filesBelow(assets).length} files, ${(bytes / 1048576).toFixed(1)} MiB in ${relative(process.cwd(), assets)}`);

function copyHashed(name, file) {
  const content = readFileSync(file);
  const hashed = name.replace(/\.(\w+)$/, `-${sha256(content).slice(0, 8).toUpperCase()}.$1`);
  writeFileSync(join(assets, hashed), content);
  names.set(name, hashed);
}

function run(command, args) {
  try {
    execFileSync(command, args, { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (e) {
    console.error(`front end: "${basename(command)} ${args.map(a => basename(a)).join(' ')}" failed (${e.message.split('\n')[0]}).`);
    process.exit(1);
  }
}

/** BIZ UDPGothic in slices by code point, of which a browser loads what a page shows; only woff2, only the basic plane. */
function fonts() {
  return {
    name: 'fonts',
    setup(builder) {
      const folder = join(here, 'node_modules/@fontsource/biz-udpgothic');
      builder.onResolve({ filter: /^musubi:fonts$/ }, () => ({ path: 'fonts.css', namespace: 'fonts' }));
      builder.onLoad({ filter: /.*/, namespace: 'fonts' }, () => ({
        loader: 'css',
        resolveDir: folder,
        contents: ['400', '700']
          .map(weight => readFileSync(join(folder, `${weight}.css`), 'utf8'))
          .join('\n')
          .match(/@font-face \{[^}]*\}/g)
          .filter(face => /U\+0*[0-9a-fA-F]{1,4}\b/.test(face.split('unicode-range:')[1] ?? ''))
          .map(face => face.replace(/, url\([^)]*\.woff\) format\('woff'\)/, ''))
          .join('\n'),
      }));
    },
  };
}

/** The coverage scale as custom properties; the TypeScript imports the same file. */
function coverage() {
  return {
    name: 'coverage',
    setup(builder) {
      builder.onResolve({ filter: /^musubi:coverage$/ }, args => ({
        path: args.kind === 'import-rule' ? 'coverage.css' : coverageScale,
        namespace: args.kind === 'import-rule' ? 'coverage' : 'file',
      }));
      builder.onLoad({ filter: /.*/, namespace: 'coverage' }, () => {
        const scale = JSON.parse(readFileSync(coverageScale, 'utf8'));
        const lines = [...scale.classes, scale.unknown].flatMap(c => [
          `  --coverage-${c.key}: ${c.fill};`,
          `  --coverage-${c.key}-ink: ${c.ink};`,
        ]);
        return { loader: 'css', contents: `:root {\n${lines.join('\n')}\n}\n` };
      });
    },
  };
}
