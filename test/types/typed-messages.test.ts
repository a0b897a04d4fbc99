import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../house/source-tree.js';

const definition = `
  import { defineEvent } from ${JSON.stringify(join(root, 'src/events.js'))};
  interface Order { total: number; status: 'open' | 'paid'; customer: { name: string }; gift?: boolean }
  const OrderPlaced = defineEvent<Order>('com.shop', 'Order Placed');
`;

const operators = {
  string:
    'AnythingBut<"open" | "paid" | NonString> | Cidr | Equals<"open" | "paid"> | EqualsIgnoreCase | Exists | Prefix | Suffix | Wildcard',
  number: 'AnythingBut<number> | Exists | Numeric',
};

const messages: readonly (readonly [string, string])[] = [
  [
    '{ totl: [1] }',
    "Object literal may only specify known properties, but 'totl' does not exist in type 'ObjectPattern<Order>'. Did you mean to write 'total'?",
  ],
  [
    '{ customer: { nme: ["Ada"] } }',
    "Object literal may only specify known properties, but 'nme' does not exist in type 'ObjectPattern<{ name: string; }>'. Did you mean to write 'name'?",
  ],
  ['{ total: 5 }', "Type 'number' is not assignable to type 'readonly NumberMatcher<number>[]'."],
  ['{ status: "paid" }', `Type 'string' is not assignable to type 'readonly StringMatcher<"open" | "paid">[]'.`],
  ['{ total: ["5"] }', "Type 'string' is not assignable to type 'NumberMatcher<number>'."],
  ['{ status: ["payed"] }', `Type '"payed"' is not assignable to type 'StringMatcher<"open" | "paid">'.`],
  ['{ gift: ["true"] }', "Type 'string' is not assignable to type 'boolean | Exists'."],
  [
    '{ status: [{ numeric: [">", 5] }] }',
    `Object literal may only specify known properties, and 'numeric' does not exist in type '${operators.string}'.`,
  ],
  [
    '{ total: [{ prefix: "5" }] }',
    `Object literal may only specify known properties, and 'prefix' does not exist in type '${operators.number}'.`,
  ],
  ['{ total: [{ numeric: [">", "5"] }] }', "Type 'string' is not assignable to type 'number'."],
  ['{ total: [{ numeric: ["!", 5] }] }', `Type '"!"' is not assignable to type '"<" | "<=" | "=" | ">" | ">="'.`],
  [
    '{ customer: ["Ada"] }',
    "Type 'string[]' has no properties in common with type 'ObjectPattern<{ name: string; }>'.",
  ],
];

/** 115,000 when it was measured. A pattern type that is worked out anew for every list would multiply it. */
const mostInstantiations = 130_000;

/** What the compiler prints of a file in a folder of its own. */
function compile(source: string, ...flags: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'file.ts'), source);
  const compilerOptions = { target: 'es2022', module: 'nodenext', strict: true, noEmit: true, types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['file.ts'] }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', folder, ...flags], { cwd: folder, encoding: 'utf8' }).stdout;
}

describe('The compiler', () => {
  test('says in one line what is wrong with a pattern', () => {
    const calls = messages.map(([pattern]) => `OrderPlaced.pattern(${pattern});`);
    const printed = compile(`${definition}${calls.join('\n')}`);
    const said = [...printed.matchAll(/^file\.ts\((\d+),\d+\): error TS\d+: (.*)$/gm)].map(([, , message]) => message);
    expect(said).toEqual(messages.map(([, message]) => message));
  });

  test('is done with 200 typed patterns after a bounded number of instantiations', () => {
    const events = Array.from({ length: 200 }, (_, i) => {
      const detail = `{ id: string; n${i}: number; s: 'a${i}' | 'b'; lines: { sku${i}: string; at: Date }[]; to?: { zip: string | null } }`;
      const pattern = `{ n${i}: [{ numeric: ['>', ${i}] }], s: ['b'], lines: { sku${i}: [{ prefix: 'x' }], at: ['2026'] }, $or: [{ id: ['a'] }, { to: { zip: [null] } }] }`;
      return `defineEvent<${detail}>('com.shop', 'Event ${i}').pattern(${pattern});`;
    });
    const printed = compile(`${definition}${events.join('\n')}`, '--extendedDiagnostics');
    expect(printed).not.toContain('error');
    const count = Number(/^Instantiations:\s+(\d+)$/m.exec(printed)?.[1]);
    expect(count).toBeGreaterThan(200);
    expect(count).toBeLessThan(mostInstantiations);
  });
});
