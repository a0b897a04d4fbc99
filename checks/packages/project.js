// A project in a folder of its own: what is installed there, and what is run there.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const isWindows = existsSync('C:\\Windows');

/** Makes the project. Answers why it could not, if so. */
export async function install(folder, packages) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
  const { status, stderr } = await run(folder, 'npm', ['install', ...flags, ...packages]);
  if (status === 0) return undefined;
  return stderr.split('\n').find((line) => line.startsWith('npm error')) ?? 'npm failed';
}

/** Runs a command in a folder to its end, for five minutes at most. */
export function run(cwd, command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 300_000,
      shell: isWindows,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** Copies files of this folder into a project. */
export function copy(files, folder) {
  for (const file of files) cpSync(join(here, file), join(folder, file));
}

/** The manifest of a package that a project has. */
export function manifest(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
}
