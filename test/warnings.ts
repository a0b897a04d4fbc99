import { onTestFinished, vi } from 'vitest';

/** What this test writes to console.warn, line by line, instead of the console. */
export function captureWarnings(): readonly string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'warn').mockImplementation((line) => {
    lines.push(String(line));
  });
  onTestFinished(() => spy.mockRestore());
  return lines;
}
