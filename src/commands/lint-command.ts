import { type LintFinding, lintTemplate } from '../templates/lint-template.js';
import { type CommandIo, type ExitCode, UsageError } from './command-io.js';
import { readCommandLine } from './command-line.js';
import { parameterHint, readTemplates } from './read-templates.js';
import { readTemplateOptions, templateOptions } from './template-options.js';
import { createColors, plainText } from './terminal.js';

/** `lint FILES…`: what the service would refuse of templates, and what would come to nothing. Answers 1 for an error. */
export async function lintCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('lint', args, { format: 'text', ...templateOptions });
  if (words.length === 0) throw new UsageError('lint takes FILES; none given');
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

/** The text that findings are written as. */
export type LintFormat = (findings: readonly LintFinding[], color: boolean) => string;

/** By the names of `--format`. */
export const lintFormats: Readonly<Record<'stylish' | 'json' | 'github' | 'sarif', LintFormat>> = {
  stylish,
  json: (findings) => document({ footbridge: 1, ...counts(findings), findings }),
  github: (findings) => findings.map(githubLine).join(''),
  sarif: (findings) => document(sarif(findings)),
};

/** Which findings are about what, for those who look at SARIF. */
const descriptions: Readonly<Record<LintFinding['code'], string>> = {
  refused: 'EventBridge or CloudFormation refuses this',
  unresolved: 'What this says is not known here, and so not checked',
  unsupported: 'This is not carried out here, and so not checked',
  'never-matches': 'No event can match this pattern',
  'no-dead-letter-queue': 'What cannot be delivered is lost',
  'no-target': 'A rule without a target does nothing',
  'duplicate-rule': 'Two rules of one bus have one pattern',
};

function counts(findings: readonly LintFinding[]) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

function document(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function suffix({ code, parameter }: LintFinding): string {
  if (code === 'refused') return '   (AWS refuses the deploy)';
  return parameter === undefined ? '' : `   (${plainText(parameterHint(parameter))})`;
}

function stylish(findings: readonly LintFinding[], color: boolean): string {
  const { red, yellow, bold } = createColors(color);
  const places = findings.map(formatLocation);
  const widest = Math.max(0, ...places.map(({ length }) => length));
  const lines = findings.map((finding, i) => {
    const word = finding.severity === 'error' ? red('error  ') : yellow('warning');
    return `${(places[i] as string).padEnd(widest)}  ${word}  ${plainText(finding.message)}${suffix(finding)}\n`;
  });
  const { errors, warnings } = counts(findings);
  return `${lines.join('')}${bold(`${count(errors, 'error')}, ${count(warnings, 'warning')}`)}\n`;
}

function formatLocation({ file, line, column, path }: LintFinding): string {
  return plainText(line === undefined ? (file ?? path) : `${file}:${line}:${column}`);
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** A command of GitHub's workflows, which shows the finding beside the line. */
function githubLine({ severity, file = '', line = 1, column = 1, message, code }: LintFinding): string {
  const property = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const place = `file=${property(file)},line=${line},col=${column},title=${property(`footbridge ${code}`)}`;
  return `::${severity} ${place}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** As of version 2.1.0 of SARIF, whose paths are URIs. */
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

/** Of a relative path a relative one. */
function uriOf(file: string): string {
  const path = file
    .replace(/^(?:\.\/)+/, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
