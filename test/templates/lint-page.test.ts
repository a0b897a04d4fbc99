import { describe, expect, test } from 'vitest';
import { lintDescriptions, offByDefault } from '../../src/templates/lint/findings.js';
import { read } from '../house/source-tree.js';
import { lintText } from './linted.js';

const page = read('docs/lint.md');
const sections = page.split(/^## /m).slice(1);

/** The examples of a finding, by what is said of them. */
function example(code: string, kind: 'wrong' | 'right'): string {
  const section = sections.find((one) => one.startsWith(`${code}\n`)) ?? '';
  return new RegExp(`^\`\`\`yaml ${kind}\\n(.*?)^\`\`\``, 'ms').exec(section)?.[1] ?? '';
}

describe('docs/lint.md', () => {
  test('has every finding, each once', () => {
    expect(sections.map((one) => one.slice(0, one.indexOf('\n')))).toEqual(Object.keys(lintDescriptions));
  });

  test.each(Object.keys(lintDescriptions))('shows a template with %s, and one without', async (code) => {
    const enabled = [...offByDefault];
    const wrong = await lintText(example(code, 'wrong'), { enabled });
    expect(wrong.map((finding) => finding.code)).toContain(code);
    expect(await lintText(example(code, 'right'), { enabled: enabled.filter((one) => one === code) })).toEqual([]);
  });
});
