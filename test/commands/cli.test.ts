import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { read, root } from '../house/source-tree.js';

const pattern = '{"source":["com.shop"]}';

describe('The built command', () => {
  test('The built command returns 0 and prints match, without colour in a pipe', () => {
    expect(footbridge(['test-pattern', pattern, '{"source":"com.shop"}'])).toEqual({
      status: 0,
      stdout: 'match\n',
      stderr: '',
    });
  });

  test('The built command returns 1 and explains', () => {
    expect(footbridge(['test-pattern', pattern, '{"source":"com.shops"}'])).toEqual({
      status: 1,
      stdout: 'no match\n  source is "com.shops", wanted "com.shop"\n',
      stderr: '',
    });
  });

  test('The built command returns 2 with the sentence on standard error', () => {
    expect(footbridge(['test-pattern', '{"source":"com.shop"}', '{}'])).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('Event pattern is not valid. Reason: "source" must be an object or an array'),
    });
  });

  test('The built command reads a file and standard input', () => {
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'pattern.json');
    writeFileSync(file, pattern);
    expect(footbridge(['test-pattern', file, '-'], '{"source":"com.shop"}').stdout).toBe('match\n');
  });

  test('The built command finds the files of a glob, and follows no link to a folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', 'template.yaml'), 'Resources: {}');
    symlinkSync('template.yaml', join(folder, 'a', 'linked.yaml'));
    symlinkSync('..', join(folder, 'a', 'above'));
    const { stdout, status } = footbridge(['lint', `${folder}/**/*.yaml`, '--format', 'json']);
    expect({ stdout: JSON.parse(stdout), status }).toEqual({
      stdout: { footbridge: 1, errors: 0, warnings: 0, findings: [] },
      status: 0,
    });
  });

  test('The built command prints the version in package.json', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(footbridge(['--version']).stdout).toBe(`${version}\n`);
  });

  test('The built command returns 2 for an unknown command', () => {
    expect(footbridge(['fly'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Usage') });
  });
});

function footbridge(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
