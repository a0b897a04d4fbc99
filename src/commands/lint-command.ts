import { nearestName, pluralize } from '../base/describe.js';
import { escapeControls, escapeLine } from '../base/escape-controls.js';
import type { LintCode, LintFinding } from '../templates/lint/findings.js';
import { isLintCode, lintDescriptions } from '../templates/lint/findings.js';

import { lintTemplate } from '../templates/lint/lint-template.js';
import { type CommandIo, type ExitCode, UsageError } from './command-io.js';
import { readCommandLine } from './command-line.js';
import { parameterHint, readTemplates } from './read-templates.js';
import { readTemplateOptions, templateOptions } from './template-options.js';
import { createColors, jsonDocument } from './terminal.js';

/** `lint FILES…`: what AWS rejects in templates, and probable mistakes. Returns 1 for an error or too many warnings. */
export async function lintCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('lint', args, { ...lintOptions, ...templateOptions });
  if (words.length === 0) throw new UsageError('lint needs FILES');
  const format = readFormat(options.format);
  const chosen = { ignored: readCodes('--ignore', options.ignore), enabled: readCodes('--enable', options.enable) };
  const maxWarnings = readMaxWarnings(options['max-warnings']);
  const templates = await readTemplates(words, await readTemplateOptions(options, io), io);
  const findings = templates.flatMap((template) =>
    lintTemplate(template, chosen).map((finding) => ({ ...finding, file: finding.file ?? template.file })),
  );
  io.write(format(findings, io.color));
  const { errors, warnings } = counts(findings);
  if (errors > 0) return 1;
  if (warnings <= maxWarnings) return 0;
  io.writeError(`footbridge: ${pluralize(warnings, 'warning')}, and --max-warnings allows ${maxWarnings}\n`);
  return 1;
}

const lintOptions = { format: 'text', ignore: 'list', enable: 'list', 'max-warnings': 'text' } as const;

/** Codes, each by itself or several with commas between them. */
function readCodes(option: string, given: readonly string[]): ReadonlySet<LintCode> {
  const codes = given.flatMap((codes) => codes.split(',')).filter((code) => code !== '');
  return new Set(
    codes.map((code) => {
      if (isLintCode(code)) return code;
      const known = Object.keys(lintDescriptions);
      const nearest = nearestName(code, known);
      const hint = nearest === undefined ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`;
      throw new UsageError(`${option} takes codes of findings; ${JSON.stringify(code)} is not one, ${hint}`);
    }),
  );
}

function readMaxWarnings(given: string | undefined): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  if (/^\d+$/.test(given)) return Number(given);
  throw new UsageError(`--max-warnings must be a whole number, 0 or more, but is ${JSON.stringify(given)}`);
}

function readFormat(given = 'stylish') {
  const names = Object.keys(lintFormats) as (keyof typeof lintFormats)[];
  const name = names.find((known) => known === given);
  if (name !== undefined) return lintFormats[name];
  throw new UsageError(`--format must be ${names.join(', ')}, but is ${JSON.stringify(given)}`);
}

/** Formats findings. */
export type LintFormat = (findings: readonly LintFinding[], color: boolean) => string;

/** By the values of `--format`. */
export const lintFormats: Readonly<Record<'stylish' | 'json' | 'github' | 'sarif', LintFormat>> = {
  stylish,
  json: (findings) => {
    const { errors, warnings } = counts(findings);
    return jsonDocument({ footbridge: 1, errors, warnings, findings }, 2);
  },
  github: (findings) => findings.map(githubLine).join(''),
  sarif: (findings) => jsonDocument(sarif(findings), 2),
};

function counts(findings: readonly LintFinding[]) {
  const number = (wanted: LintFinding['severity']) => findings.filter(({ severity }) => severity === wanted).length;
  return { errors: number('error'), warnings: number('warning'), notes: number('note') };
}

function suffix({ code, parameter }: LintFinding): string {
  if (code === 'refused') return '   (AWS refuses the deploy)';
  return parameter === undefined ? '' : `   (${escapeLine(parameterHint(parameter))})`;
}

function stylish(findings: readonly LintFinding[], color: boolean): string {
  const { red, yellow, bold } = createColors(color);
  const words = { error: red('error  '), warning: yellow('warning'), note: 'note   ' };
  const locations = findings.map(formatLocation);
  const width = Math.max(0, ...locations.map(({ length }) => length));
  const lines = findings.map((finding, i) => {
    const location = (locations[i] as string).padEnd(width);
    return `${location}  ${words[finding.severity]}  ${escapeLine(finding.message)}${suffix(finding)}\n`;
  });
  const { errors, warnings, notes } = counts(findings);
  const summary = [
    pluralize(errors, 'error'),
    pluralize(warnings, 'warning'),
    ...(notes > 0 ? [pluralize(notes, 'note')] : []),
  ];
  return `${lines.join('')}${bold(summary.join(', '))}\n`;
}

function formatLocation({ file, line, column, path }: LintFinding): string {
  return escapeLine(line === undefined ? (file ?? path) : `${file}:${line}:${column}`);
}

/** A GitHub workflow command, which shows the finding beside the line. */
function githubLine({ severity, file = '', line = 1, column = 1, message, code }: LintFinding): string {
  const property = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const location = `file=${property(file)},line=${line},col=${column},title=${property(`footbridge ${code}`)}`;
  return `::${severity === 'note' ? 'notice' : severity} ${location}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return escapeControls(text.replaceAll('\r', '')).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** SARIF 2.1.0. Its paths are URIs. */
function sarif(findings: readonly LintFinding[]) {
  const rules = Object.entries(lintDescriptions).map(([id, text]) => ({ id, shortDescription: { text } }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'footbridge', rules } },
        results: findings.map(({ code, severity, message, file = '', line = 1, column = 1 }) => ({
          ruleId: code,
          level: severity,
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file) },
                region: { startLine: line, startColumn: column },
              },
            },
          ],
        })),
      },
    ],
  };
}

/** A relative path becomes a relative URI. */
function uriOf(file: string): string {
  const path = file
    .replace(/^(?:\.\/)+/, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
