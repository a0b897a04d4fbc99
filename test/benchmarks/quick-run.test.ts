import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../house/source-tree.js';

interface Run {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly scenarios: readonly {
    readonly scenario: string;
    readonly groups: readonly { readonly group: string; readonly results: readonly Result[] }[];
  }[];
}

interface Result {
  readonly name: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

describe('The benchmarks', () => {
  test('run on the built package and answer one JSON document', () => {
    const { status, stdout, stderr } = bench('--quick', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

    const { machine, scenarios } = JSON.parse(stdout) as Run;
    expect(machine.node).toBe(process.version);
    expect(scenarios.map(({ scenario, groups }) => [scenario, groups.length])).toEqual([
      ['match-one', 1],
      ['match-many', 9],
      ['put-events', 1],
      ['faces', 1],
      ['add-and-delete', 3],
      ['memory', 3],
      ['load', 3],
    ]);
    const results = scenarios.flatMap(({ groups }) => groups.flatMap((group) => group.results));
    const unordered = results.filter(({ low, median, high }) => !(low <= median && median <= high));
    expect(unordered).toEqual([]);
  }, 60_000);

  test('compare two builds, in the scenarios that are named', () => {
    const { status, stdout, stderr } = bench('match-one', '--quick', '--against', join(root, 'dist'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /compilePattern\(p\)\.test\(object\), matches: [\d.]+ × the other build \(.+\): (noise|better|worse)/,
    );
    expect(stdout).not.toContain('match-many');
  }, 60_000);

  test('refuse what they do not know', () => {
    const { status, stderr } = bench('match-none');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'match-none is none of match-one, match-many, put-events, faces, add-and-delete, memory, load\n',
    });
  });
});

function bench(...args: readonly string[]) {
  return spawnSync(process.execPath, ['benchmarks/run.js', ...args], { cwd: root, encoding: 'utf8' });
}
