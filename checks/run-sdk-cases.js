// Runs the cases on what one folder has installed, in a sealed process, and prints what came of it as one JSON document:
// node --require sealed-process.cjs run-sdk-cases.js FOLDER PACKAGE [msw | aws-sdk-client-mock]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { argv } from 'node:process';
import { createBridge } from 'footbridge';
import * as faces from 'footbridge/aws-sdk';
import { casesFor, runCase } from './sdk-cases.js';
import { clients, engines, mockEngine, mswEngine } from './sdk-engines.js';

const [, , folder, packageName, mocks] = argv;
const load = createRequire(`${folder}/package.json`);
const sdk = load(packageName);
const version = versionOf(packageName);
const world = { footbridge: { createBridge, ...faces }, sdk, names: clients[packageName] };
const touched = globalThis[Symbol.for('footbridge.touched')];

const results = [];
for (const engine of enginesToRun()) {
  const failures = [];
  const wanted = casesFor(engine, Number(version.split('.')[1]), packageName);
  for (const one of wanted) {
    try {
      await runCase(one, engine, world);
    } catch (error) {
      failures.push(`${one.name}: ${error.stack}`);
    }
  }
  const forbidden = touched.splice(0).filter((what) => !engine.readsFiles || !what.startsWith('reads '));
  failures.push(...forbidden);
  results.push({
    engine: engine.name,
    version,
    passed: wanted.length - (failures.length - forbidden.length),
    failures,
  });
}
console.log(JSON.stringify(results));

function enginesToRun() {
  if (mocks === 'msw') return [mswEngine(load('msw/node'), versionOf('msw'))];
  return mocks === undefined ? engines : [mockEngine(load(mocks))];
}

function versionOf(name) {
  return JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8')).version;
}
