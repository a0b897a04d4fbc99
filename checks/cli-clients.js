// The clients beside the SDKs of Node that a machine may have: AWS CLIs and boto3. Each is looked for, and calls one
// operation at a time: `call` answers `{ answer }` or `{ refusal: [name, sentence] }`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, platform } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const boto3 = fileURLToPath(new URL('cli-boto3.py', import.meta.url));

/** The clients there are, and a sentence for each that there is not. */
export function findClients(environment) {
  const notRun = [];
  const clients = [];
  const commands = distinct([firstOnPath('aws'), '/usr/bin/aws']);
  for (const command of commands) {
    const version = /aws-cli\/(\S+)/.exec(outputOf(command, ['--version'], environment))?.[1];
    if (version !== undefined) clients.push(awsCli(command, version, environment));
    else notRun.push(`${command}: it does not start`);
  }
  if (commands.length === 0) notRun.push('the AWS CLI: there is no aws on the PATH, nor /usr/bin/aws');
  const ask = 'import boto3; print(boto3.__version__)';
  for (const command of distinct([firstOnPath('python3'), '/usr/bin/python3'])) {
    const version = outputOf(command, ['-c', ask], environment).trim();
    if (version !== '') clients.push(boto(command, version, environment));
    else notRun.push(`boto3 of ${command}: it has none (python3 -m pip install boto3)`);
  }
  return { clients, notRun };
}

function awsCli(command, version, environment) {
  // Version 2 keeps 255 for what it cannot name.
  const refused = version.startsWith('2.') ? 254 : 255;
  return {
    name: `AWS CLI ${version}`,
    command,
    open: (url) => ({
      call: async ({ call, input, args = ['--cli-input-json', JSON.stringify(input)] }) => {
        const operation = call.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
        const all = ['events', operation, '--endpoint-url', url, '--output', 'json', ...args];
        const { status, stdout, stderr } = await run(command, all, environment);
        if (status === 0) return { answer: stdout.trim() === '' ? {} : JSON.parse(stdout) };
        const [, name, sentence] =
          /An error occurred \((\w+)\) when calling the \w+ operation: (.*)/s.exec(stderr) ?? [];
        if (name === undefined) throw new Error(`ended with ${status}: ${stderr.trim()}`);
        if (status !== refused) throw new Error(`ended with ${status} instead of ${refused} for ${name}`);
        return { refusal: [name, sentence.trim()] };
      },
      close() {},
    }),
  };
}

function boto(command, version, environment) {
  return {
    name: `boto3 ${version}`,
    command,
    open: (url) => {
      const child = spawn(command, [boto3, url], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return {
        call: async ({ call, input, pageSize }) => {
          child.stdin.write(`${JSON.stringify({ call, input, pageSize })}\n`);
          const { value, done } = await lines.next();
          if (done) throw new Error('boto3 has ended');
          return JSON.parse(value);
        },
        close: () => child.kill(),
      };
    },
  };
}

function run(command, args, environment) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        written[name] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...written }));
  });
}

function outputOf(command, args, environment) {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: environment, timeout: 60_000 });
  // Old ones write their version to standard error.
  return stdout || (args[0] === '--version' ? stderr : '') || '';
}

function firstOnPath(name) {
  const file = platform === 'win32' ? `${name}.exe` : name;
  return (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, file))
    .find(existsSync);
}

function distinct(commands) {
  const there = commands.filter((command) => command !== undefined && existsSync(command));
  return there.filter((command, i) => there.findIndex((other) => realpathSync(other) === realpathSync(command)) === i);
}
