import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { filesBelow, read } from '../house/source-tree.js';
import { recordedIo } from './recorded-io.js';

const folder = 'test/docs/command-line';
const files = Object.fromEntries(filesBelow(folder).map((file) => [file, read(`${folder}/${file}`)]));
const page = read('docs/command-line.md');
const sessions = [...page.matchAll(/^```console\n\$ npx footbridge ([^\n]*)\n(.*?)^```$/gms)].map(
  ([, line = '', shown = '']) => [line, shown] as const,
);

describe('docs/command-line.md', () => {
  test('The command-line page shows commands', () => {
    expect(sessions.length).toBeGreaterThan(3);
    expect(page).toContain(`\`${files['event.json']?.trim()}\``);
  });

  test.each(sessions)('The command-line page shows what this prints: %s', async (line, shown) => {
    const io = recordedIo({ files });
    const words = line.match(/'[^']*'|\S+/g) ?? [];
    await runCommand(
      words.map((word) => word.replaceAll("'", '')),
      io,
    );
    expect(io.output() + io.errors()).toBe(shown);
  });
});
