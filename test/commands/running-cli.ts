import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { root } from '../house/source-tree.js';

/** The built command in a process of its own, which ends with the test at the latest. */
export function runningCli(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { AWS_ENDPOINT_URL: _, AWS_ENDPOINT_URL_EVENTBRIDGE: __, ...inherited } = process.env;
  const child: ChildProcess = spawn(process.execPath, ['dist/cli.js', ...args], {
    cwd: root,
    env: { ...inherited, ...environment },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const closed = once(child, 'close');
  return {
    child,
    written,
    /** Resolves once a text was written. */
    shows: async (text: string): Promise<void> => {
      while (!(written.stdout + written.stderr).includes(text)) {
        if (child.exitCode !== null) throw new Error(`It ended without "${text}": ${JSON.stringify(written)}`);
        await Promise.race([
          once(child.stdout as object as never, 'data'),
          once(child.stderr as never, 'data'),
          closed,
        ]);
      }
    },
    /** The exit code, or the signal that ended it, when it has ended. */
    ended: async (): Promise<number | string> => {
      const [code, signal] = (await closed) as [number | null, string | null];
      return code ?? (signal as string);
    },
  };
}
