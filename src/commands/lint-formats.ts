import type { LintFinding } from '../templates/lint/lint-template.js';
import { paint } from './paint.js';
import { plainText } from './plain-text.js';
import { parameterHint } from './template-trouble.js';

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

function suffixOf({ code, parameter }: LintFinding): string {
  if (code === 'refused') return '   (AWS refuses the deploy)';
  return parameter === undefined ? '' : `   (${plainText(parameterHint(parameter))})`;
}

function stylish(findings: readonly LintFinding[], color: boolean): string {
  const { red, yellow, bold } = paint(color);
  const places = findings.map(showAt);
  const widest = Math.max(0, ...places.map(({ length }) => length));
  const lines = findings.map((finding, i) => {
    const word = finding.severity === 'error' ? red('error  ') : yellow('warning');
    return `${(places[i] as string).padEnd(widest)}  ${word}  ${plainText(finding.message)}${suffixOf(finding)}\n`;
  });
  const { errors, warnings } = counts(findings);
  return `${lines.join('')}${bold(`${count(errors, 'error')}, ${count(warnings, 'warning')}`)}\n`;
}

function showAt({ file, line, column, path }: LintFinding): string {
  return plainText(line === undefined ? (file ?? path) : `${file}:${line}:${column}`);
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** A command of GitHub's workflows, which shows the finding beside the line. */
function githubLine({ severity, file = '', line = 1, column = 1, message, code }: LintFinding): string {
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const place = `file=${property(file)},line=${line},col=${column},title=${property(`footbridge ${code}`)}`;
  return `::${severity} ${place}::${data(message)}\n`;
}

function data(text: string): string {
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
