import { pluralize } from '../base/describe.js';
import { escapeControls, escapeLine } from '../base/escape-controls.js';
import { type LintFinding, lintTemplate } from '../templates/lint/lint-template.js';
import { type CommandIo, type ExitCode, UsageError } from './command-io.js';
import { readCommandLine } from './command-line.js';
import { parameterHint, readTemplates } from './read-templates.js';
import { readTemplateOptions, templateOptions } from './template-options.js';
import { createColors, jsonDocument } from './terminal.js';

/** `lint FILES…`: what AWS rejects in templates, and what has no effect. Returns 1 if there is an error. */
export async function lintCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('lint', args, { format: 'text', ...templateOptions });
  if (words.length === 0) throw new UsageError('lint needs FILES');
  const format = readFormat(options.format);
  const templates = await readTemplates(words, await readTemplateOptions(options, io), io);
  const findings = templates.flatMap((template) =>
    lintTemplate(template).map((finding) => ({ ...finding, file: finding.file ?? template.file })),
  );
  io.write(format(findings, io.color));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
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
  json: (findings) => jsonDocument({ footbridge: 1, ...counts(findings), findings }, 2),
  github: (findings) => findings.map(githubLine).join(''),
  sarif: (findings) => jsonDocument(sarif(findings), 2),
};

/** The descriptions of the findings in SARIF. */
const descriptions: Readonly<Record<LintFinding['code'], string>> = {
  refused: 'EventBridge or CloudFormation rejects this',
  unresolved: 'The value is not known here and was not checked',
  unsupported: 'This is not supported here and was not checked',
  'never-matches': 'No event can match this pattern',
  'no-dead-letter-queue': 'Events that cannot be delivered are lost',
  'no-target': 'A rule without targets does nothing',
  'duplicate-rule': 'Two rules of one bus have the same pattern',
};

function counts(findings: readonly LintFinding[]) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

function suffix({ code, parameter }: LintFinding): string {
  if (code === 'refused') return '   (AWS refuses the deploy)';
  return parameter === undefined ? '' : `   (${escapeLine(parameterHint(parameter))})`;
}

function stylish(findings: readonly LintFinding[], color: boolean): string {
  const { red, yellow, bold } = createColors(color);
  const locations = findings.map(formatLocation);
  const width = Math.max(0, ...locations.map(({ length }) => length));
  const lines = findings.map((finding, i) => {
    const word = finding.severity === 'error' ? red('error  ') : yellow('warning');
    return `${(locations[i] as string).padEnd(width)}  ${word}  ${escapeLine(finding.message)}${suffix(finding)}\n`;
  });
  const { errors, warnings } = counts(findings);
  return `${lines.join('')}${bold(`${pluralize(errors, 'error')}, ${pluralize(warnings, 'warning')}`)}\n`;
}

function formatLocation({ file, line, column, path }: LintFinding): string {
  return escapeLine(line === undefined ? (file ?? path) : `${file}:${line}:${column}`);
}

/** A GitHub workflow command, which shows the finding beside the line. */
function githubLine({ severity, file = '', line = 1, column = 1, message, code }: LintFinding): string {
  const property = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const location = `file=${property(file)},line=${line},col=${column},title=${property(`footbridge ${code}`)}`;
  return `::${severity} ${location}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return escapeControls(text.replaceAll('\r', '')).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** SARIF 2.1.0. Its paths are URIs. */
function sarif(findings: readonly LintFinding[]) {
  const rules = Object.entries(descriptions).map(([id, text]) => ({ id, shortDescription: { text } }));
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
