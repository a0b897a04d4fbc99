import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-5';
import { describe, expect, test } from 'vitest';
import { filesBelow, root } from './source-tree.js';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
const entries = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json')
  .map((path) => (path === '.' ? 'index' : path.slice('./'.length)));

const sources = join(root, 'src');
const files = filesBelow('src')
  .filter((path) => path.endsWith('.ts'))
  .map((path) => join(sources, path));
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'],
  strict: true,
  skipLibCheck: true,
  types: ['node'],
};
const service = ts.createLanguageService({
  getScriptFileNames: () => files,
  getScriptVersion: () => '1',
  getScriptSnapshot: (file) => {
    const text = ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => root,
  getCompilationSettings: () => options,
  getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});
const program = service.getProgram() as ts.Program;
const checker = program.getTypeChecker();

/** The names that an entry exports, and the members of those that are interfaces or classes. */
function membersOf(entry: string): ReadonlyMap<string, ts.Symbol> {
  const file = program.getSourceFile(join(sources, `${entry}.ts`)) as ts.SourceFile;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol);
  const members = new Map<string, ts.Symbol>();
  for (const alias of exported) {
    const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
    members.set(alias.name, symbol);
    if ((symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) === 0) continue;
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    for (const member of checker.getPropertiesOfType(type)) members.set(`${alias.name}.${member.name}`, member);
  }
  return members;
}

/** What an editor shows for a name where it is declared in the sources; `undefined` for what is declared elsewhere. */
function hoverText(symbol: ts.Symbol): string | undefined {
  const declaration = symbol.declarations?.[0];
  const file = declaration?.getSourceFile().fileName ?? '';
  if (declaration === undefined || file.endsWith('.d.ts') || !file.startsWith(sources)) return undefined;
  const name = ts.getNameOfDeclaration(declaration) ?? declaration;
  if (ts.isComputedPropertyName(name)) return ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const info = service.getQuickInfoAtPosition(file, name.getStart());
  return ts.displayPartsToString(info?.documentation);
}

/** Members that AWS or a standard has named and described, and what is private. */
function isNamedElsewhere(name: string): boolean {
  return /\.(?:[A-Z]|#|~standard$|detail-type$|replay-name$)/.test(name);
}

describe('What an editor shows', () => {
  test.each(entries)('is not empty for any public name of %s', (entry) => {
    const empty = Array.from(membersOf(entry)).flatMap(([name, symbol]) =>
      !isNamedElsewhere(name) && hoverText(symbol) === '' ? [name] : [],
    );
    expect(empty).toEqual([]);
  });

  test('for a method of a bridge is the text of the operation, and its definition is found', () => {
    const members = membersOf('index');
    for (const name of [
      'putRule',
      'createArchive',
      'startReplay',
      'publish',
      'queue',
      'explain',
      'restore',
      'invoke',
    ]) {
      const symbol = members.get(`Bridge.${name}`) as ts.Symbol;
      expect([name, hoverText(symbol)]).toEqual([name, expect.stringMatching(/^[A-Z].{15,}/)]);
      expect([name, symbol.declarations?.[0]?.kind]).toEqual([name, ts.SyntaxKind.MethodSignature]);
    }
    expect([...members.keys()].filter((name) => name.startsWith('Bridge.')).length).toBeGreaterThan(60);
  });
});
