import { nearestName } from '../base/describe.js';
import { isLintCode, type LintCode, type LintFinding, lintDescriptions } from '../templates/lint/findings.js';
import { lintTemplate } from '../templates/lint/lint-template.js';
import { type CommandIo, type ExitCode, UsageError } from './command-io.js';
import { readCommandLine } from './command-line.js';
import { parameterHint, readTemplates } from './read-templates.js';
import { readTemplateOptions, templateOptions } from './template-options.js';
import { createColors, plainText } from './terminal.js';

/** `lint FILES…`: what the service rejects of templates, and what probably is unintended. Returns 1 for an error or too many warnings. */
export async function lintCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('lint', args, { ...lintOptions, ...templateOptions });
  if (words.length === 0) throw new UsageError('lint takes FILES; none given');
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
  io.writeError(`footbridge: ${count(warnings, 'warning')}, and --max-warnings allows ${maxWarnings}\n`);
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

/** The text that findings are written as. */
export type LintFormat = (findings: readonly LintFinding[], color: boolean) => string;

/** By the names of `--format`. */
export const lintFormats: Readonly<Record<'stylish' | 'json' | 'github' | 'sarif', LintFormat>> = {
  stylish,
  json: (findings) => document({ footbridge: 1, ...counts(findings), findings }),
  github: (findings) => findings.map(githubLine).join(''),
  sarif: (findings) => document(sarif(findings)),
};

function counts(findings: readonly LintFinding[]) {
  const number = (wanted: LintFinding['severity']) => findings.filter(({ severity }) => severity === wanted).length;
  return { errors: number('error'), warnings: number('warning'), notes: number('note') };
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
  const words = { error: red('error  '), warning: yellow('warning'), note: 'note   ' };
  const places = findings.map(formatLocation);
  const widest = Math.max(0, ...places.map(({ length }) => length));
  const lines = findings.map((finding, i) => {
    const word = words[finding.severity];
    return `${(places[i] as string).padEnd(widest)}  ${word}  ${plainText(finding.message)}${suffix(finding)}\n`;
  });
  const { errors, warnings, notes } = counts(findings);
  const summary = [count(errors, 'error'), count(warnings, 'warning'), ...(notes > 0 ? [count(notes, 'note')] : [])];
  return `${lines.join('')}${bold(summary.join(', '))}\n`;
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
  return `::${severity === 'note' ? 'notice' : severity} ${place}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** As of version 2.1.0 of SARIF, whose paths are URIs. */
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

/** Of a relative path a relative one. */
function uriOf(file: string): string {
  const path = file
    .replace(/^(?:\.\/)+/, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
