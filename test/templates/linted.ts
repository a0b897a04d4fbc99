import { checkTemplates } from '../../src/templates/lint/check-template.js';
import type { LintCode, LintFinding } from '../../src/templates/lint/findings.js';
import { lintTemplate } from '../../src/templates/lint/lint-template.js';
import type { LoadOptions } from '../../src/templates.js';

/** The findings of one template. */
export async function lintText(
  text: string,
  { enabled = [], ignored = [] }: { enabled?: readonly LintCode[]; ignored?: readonly LintCode[] } = {},
  options?: LoadOptions,
): Promise<readonly LintFinding[]> {
  const [checked] = await checkTemplates([{ text, file: 'template.yaml' }], options);
  return checked === undefined ? [] : lintTemplate(checked, { enabled: new Set(enabled), ignored: new Set(ignored) });
}

/** The findings of templates that belong together, by file: `severity code: message`. */
export async function lintTogether(
  files: Readonly<Record<string, string>>,
): Promise<Record<string, readonly string[]>> {
  const names = Object.keys(files);
  const checked = await checkTemplates(names.map((file) => ({ text: files[file] ?? '', file })));
  return Object.fromEntries(
    checked.map((template, i) => [
      names[i],
      lintTemplate(template).map(({ severity, code, message }) => `${severity} ${code}: ${message}`),
    ]),
  );
}
