// node build/redirects.js write|remove : for the tarball, a folder for each subpath that leads tools which do not read `exports`
// (Parcel, older resolvers) to its files.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { entryPoints, root } from './entry-points.js';

for (const { name, isEsOnly } of entryPoints.filter(({ path }) => path !== '.')) {
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  if (argv[2] === 'remove') continue;
  const file = `../dist/${name}`;
  const manifest = {
    main: isEsOnly ? `${file}.js` : `${file}.cjs`,
    module: `${file}.js`,
    types: `${file}.d.ts`,
  };
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}
