import { spawnSync } from 'node:child_process';
import { createBridge, sequentialIds, virtualClock } from 'footbridge';
import { expect as bridgeExpect } from 'footbridge/vitest';
import { describe, expect, test } from 'vitest';
import { read, root } from './source-tree.js';

const readme = read('README.md');
const [, firstTest = ''] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? [];

// That it passes is for test/docs, and for `npm run check:packages` in empty projects.
describe("The README's first test", () => {
  test('has ten lines', () => {
    expect(firstTest.split('\n').filter((line) => line !== '')).toHaveLength(10);
  });

  test('fails with the words that stand below it', async () => {
    const [, pattern = ''] = /EventPattern: '(.*)'/.exec(firstTest) ?? [];
    const bridge = createBridge({ clock: virtualClock(), ids: sequentialIds() });
    await bridge.putRule({ Name: 'big', EventPattern: pattern });
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn }] });
    bridge.handle('bill', () => {});
    await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: '120' } });
    await bridge.idle();
    expect(readme).toContain(`\`\`\`\n${failureOf(() => bridgeExpect(bridge).toHaveDeliveredTo('bill'))}\n\`\`\`\n`);
  });
});

describe('What a command is shown to print', () => {
  const shown = ['README.md', 'docs/command-line.md'].flatMap((page) =>
    [...read(page).matchAll(/^\$ npx footbridge (test-pattern) '(.*)' '(.*)'\n((?:.+\n)*?)```/gm)].map(
      ([, ...parts]) => parts,
    ),
  );

  test('is something', () => {
    expect(shown).toHaveLength(2);
  });

  test.each(shown)('is what it prints: %s %s %s', (command, pattern, event, printed) => {
    const { stdout } = spawnSync(process.execPath, ['dist/cli.js', command, pattern, event] as string[], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toBe(printed);
  });
});

function failureOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It passes.');
}
