import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, version as nodeVersion } from 'node:process';
import { copy, manifest, run } from './project.js';

/** The README's first test, and those of this folder, with the vitest that a project has. */
export async function runVitest(folder, { readmeTest, override }) {
  writeFileSync(join(folder, 'readme.test.ts'), readmeTest);
  copy(['vitest.test.ts', override], folder);
  const files = 3;
  const { version, engines } = manifest(folder, 'vitest');
  // Not the default reporter: that of vitest 5 cannot report a failure on Node 20.
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile=report.json'];
  const { status, stdout, stderr } = await run(folder, execPath, args);
  const file = join(folder, 'report.json');
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const results = report?.testResults ?? [];
  const isRight = status === 0 && results.length === files && results.every(({ status }) => status === 'passed');
  if (isRight) {
    const remark = isMadeForThisNode(engines) ? '' : `, though it is made for Node ${engines.node}`;
    return [{ title: `vitest ${version}`, isRight, what: `${report.numPassedTests} tests${remark}` }];
  }
  const failures = results.flatMap(({ message, assertionResults }) => [
    message,
    ...assertionResults.flatMap((result) => result.failureMessages.map((why) => `${result.title}: ${why}`)),
  ]);
  return [{ title: `vitest ${version}`, isRight, what: [...failures, stdout, stderr].join('\n') }];
}

/** Only majors are looked at: it is for a remark. */
function isMadeForThisNode(engines) {
  const major = Number(nodeVersion.slice(1).split('.')[0]);
  return (engines?.node ?? '*').split('||').some((range) => {
    const [, sign, from] = /(>=|\^)?\s*(\d+)/.exec(range) ?? [];
    return from === undefined || (sign === '>=' ? major >= Number(from) : major === Number(from));
  });
}
