// Writes docs/api/: a page for each entry point, made of its declarations. `npm run docs`, after a build.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entryPoints, root } from '../build/entry-points.js';

const declaration =
  /^(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:declare )?(?:abstract )?(function|const|class|interface|type) (\w+)/gm;
const lists = /^export (?:type )?\{([^}]*)\}(?: from '([^']+)')?;/gm;
const stars = /^export (?:type )?\* from '([^']+)';/gm;

/** The pages by their names, as they should be. */
export function apiPages() {
  const { name: packageName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pages = entryPoints.map(({ path, name }) => {
    const entry = path.replace('.', packageName);
    return { file: `${name}.md`, entry, text: page(entry, exportsOf(`dist/${name}.d.ts`)) };
  });
  const list = pages.map(({ file, entry }) => `- [\`${entry}\`](${file})`).join('\n');
  const index = `# API reference\n\nMade from the declarations by \`npm run docs\`; do not edit.\n\n${list}\n`;
  return new Map([['README.md', index], ...pages.map(({ file, text }) => [file, text])]);
}

function page(entry, names) {
  const sorted = [...names].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.map(
    ({ name, comment, code }) => `## ${name}\n\n${comment}\n\n\`\`\`typescript\n${code}\n\`\`\`\n`,
  );
  return `# ${entry}\n\nMade from the declarations by \`npm run docs\`; do not edit.\n\n${parts.join('\n')}`;
}

/** What a declaration file exports, by itself or from others. */
function exportsOf(path) {
  const text = readFileSync(join(root, path), 'utf8');
  const own = declarationsOf(text);
  const from = (file) => exportsOf(posix.join(posix.dirname(path), file.replace(/\.js$/, '.d.ts')));
  const listed = [...text.matchAll(lists)].flatMap(([, names, file]) => {
    // What another package exports is documented there.
    if (file?.startsWith('.') !== true) return [];
    const wanted = new Set(names.split(',').map((name) => name.trim().replace(/^type /, '')));
    return from(file).filter(({ name }) => wanted.has(name));
  });
  return [...own, ...listed, ...[...text.matchAll(stars)].flatMap(([, file]) => from(file))];
}

/** Overloads of one name are one declaration. */
function declarationsOf(text) {
  const found = new Map();
  for (const match of text.matchAll(declaration)) {
    const [whole, comment, kind, name] = match;
    const start = match.index + (comment?.length ?? 0);
    const code = text.slice(start, endOf(text, match.index + whole.length, kind)).replace(/^export (?:declare )?/, '');
    const shown = code.replace(/^ {4}#private;\n/m, '');
    const before = found.get(name);
    if (before === undefined) found.set(name, { name, comment: textOf(comment ?? ''), code: shown });
    else before.code += `\n${shown}`;
  }
  return [...found.values()];
}

/** Interfaces and classes end with their brace, everything else with a semicolon outside of brackets. */
function endOf(text, start, kind) {
  const isBlock = kind === 'interface' || kind === 'class';
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith('/*', at)) at = text.indexOf('*/', at) + 1;
    else if (text[at] === "'" || text[at] === '"') at = text.indexOf(text[at], at + 1);
    else if ('{(['.includes(text[at])) depth++;
    else if ('})]'.includes(text[at]) && --depth === 0 && isBlock && text[at] === '}') return at + 1;
    else if (text[at] === ';' && depth === 0 && !isBlock) return at + 1;
  }
  throw new Error(`A ${kind} does not end: ${text.slice(start, start + 80)}`);
}

function textOf(comment) {
  const lines = comment.replace(/^\/\*\*|\*\/\s*$/g, '').split('\n');
  return lines
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = join(root, 'docs/api');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of apiPages()) writeFileSync(join(folder, file), text);
}
