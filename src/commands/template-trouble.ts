import { TemplateError, type TemplateProblem } from '../templates/document/problem.js';

const longestMessage = 1000;

/** All that is wrong with templates, a line each, with the option that would mend it. */
export function templateTrouble(problems: readonly TemplateProblem[]): string {
  const told = problems.map((problem) => {
    const hint = problem.gap?.parameter === undefined ? '' : ` (${parameterHint(problem.gap.parameter)})`;
    const { message } = problem;
    const text = message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
    return { ...problem, message: text + hint };
  });
  return new TemplateError(told).message;
}

/** What the command line says to give a parameter. */
export function parameterHint(name: string): string {
  return `--parameter ${shellWord(`${name}=VALUE`)} says it`;
}

/** As a shell reads it back. */
function shellWord(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
