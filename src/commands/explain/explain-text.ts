import { labelled, paragraph, table, width } from '../../testing/layout.js';
import { type Colors, createColors, plainText } from '../terminal.js';
import type { ExplainInput } from './explain-input.js';
import type { Reason, RuleVerdict, TargetVerdict } from './explain-rules.js';

const maxPathLength = 24;
const maxNameLength = 32;
const maxInputLength = 200;
const minSummary = 20;
/** In narrower terminals nothing could stand beside a label. */
const minWidth = 50;

/** How an explanation is told. */
export interface ExplainLayout {
  /** What the event is called. */
  readonly label: string;
  /** The buses that have rules. */
  readonly buses: readonly string[];
  /** Whether the rules were asked for by name. */
  readonly isAsked: boolean;
  readonly color: boolean;
  /** Of the terminal, if it is one. */
  readonly columns: number | undefined;
}

/** What was found out of one event, for a person. */
export function explainText(
  explained: { readonly event: ExplainInput; readonly rules: readonly RuleVerdict[] },
  { label, buses, isAsked, color, columns: wanted = width }: ExplainLayout,
): string {
  const colors = createColors(color);
  const columns = Math.min(width, Math.max(minWidth, wanted));
  const { event, rules } = explained;
  const head = eventHead(event, label, buses, columns);
  if (event.refusal !== undefined) {
    const { ErrorCode, ErrorMessage } = event.refusal;
    return `${head}\n\n  ${colors.red('✗')} PutEvents refuses it: ${plainText(`${ErrorCode}: ${ErrorMessage}`)}\n`;
  }
  const places = rules.map(({ file, line }) => plainText(line === undefined ? (file ?? '') : `${file}:${line}`));
  const names = rules.map(({ rule }) => plainText(rule));
  const widest = (texts: readonly string[]) =>
    Math.min(maxNameLength, Math.max(0, ...texts.map(({ length }) => length)));
  const blocks = rules.map((rule, i) => {
    const name = (names[i] as string).padEnd(widest(names));
    const start = `  ${markOf(rule)} ${name}  ${(places[i] as string).padEnd(widest(places))}  `;
    const title = titled(start, summaryOf(rule), columns);
    const isOnly = isAsked && rules.length === 1;
    return [colorize(title, rule, colors), ...linesBelow(rule, event.event?.text, isOnly, columns)].join('\n');
  });
  const nothing = rules.length === 0 ? ['  The templates have no rule.'] : [];
  return `${[head, '', ...blocks, ...nothing].join('\n')}\n`;
}

/** The summary stands beside the name of the rule, or below it where there is no room. */
function titled(start: string, summary: string, columns: number): string {
  if (start.length + minSummary <= columns) return labelled(start, summary, columns).trimEnd();
  return [start.trimEnd(), ...(summary === '' ? [] : [paragraph(summary, '      ', columns)])].join('\n');
}

function eventHead(event: ExplainInput, label: string, buses: readonly string[], columns: number): string {
  const { filledIn, form, guesses, leftOut, bus, busIsNamed } = event;
  const filled = filledIn.length === 0 ? '' : `: filled in ${filledIn.join(', ')}`;
  const left = leftOut.length === 0 ? [] : [`left out ${leftOut.map((name) => JSON.stringify(name)).join(', ')}`];
  const strict = filledIn.length + guesses.length + leftOut.length > 0 ? ' (--strict refuses this)' : '';
  const read = `${label}, read as ${[form + filled, ...guesses, ...left].join('; ')}${strict}`;
  const others = buses.filter((name) => name !== bus).map((name) => `"${name}"`);
  const hint = others.length > 0 && !buses.includes(bus) ? `; the rules are on ${others.join(', ')}` : '';
  const named = busIsNamed ? `"${bus}"` : `none is named in the event: "${bus}"`;
  return [labelled('event  ', plainText(read), columns), labelled('bus    ', plainText(named + hint), columns)].join(
    '\n',
  );
}

function isInactive({ reasons }: RuleVerdict): boolean {
  return reasons.some(({ kind }) => kind === 'schedule' || kind === 'skipped');
}

function markOf(rule: RuleVerdict): string {
  if (rule.matches) return '✓';
  return isInactive(rule) ? '–' : '✗';
}

function colorize(title: string, rule: RuleVerdict, { green, red, dim }: Colors): string {
  if (isInactive(rule)) return dim(title);
  return title.replace(markOf(rule), (mark) => (rule.matches ? green(mark) : red(mark)));
}

function summaryOf({ matches, reasons, targets }: RuleVerdict): string {
  if (matches) return targets.length === 0 ? 'matches, but has no target' : '';
  const [first] = reasons;
  if (first?.kind === 'schedule' || first?.kind === 'skipped') return plainText(first.message);
  if (first?.kind === 'bus') return 'not on this bus';
  if (first?.kind === 'disabled') return 'disabled';
  return `${reasons.length} ${reasons.length === 1 ? 'difference' : 'differences'}`;
}

function linesBelow(rule: RuleVerdict, whole: string | undefined, isOnly: boolean, columns: number): string[] {
  if (rule.matches) return rule.targets.map((target) => targetLine(target, whole, columns));
  if (isInactive(rule)) return [];
  const { reasons } = rule;
  const count = reasons.length;
  const all = count === 2 ? 'both: neither' : 'all: none';
  const advice = `${count} of ${count} differences shown. Fix ${all} alone makes the rule fire.`;
  return [reasonTable(reasons, columns), ...(isOnly && count > 1 ? [paragraph(advice, '  ', columns)] : [])];
}

function targetLine(
  { id, arn, logicalId, input = '', error }: TargetVerdict,
  whole: string | undefined,
  columns: number,
) {
  const who = `      → ${plainText(id)}  ${plainText(logicalId ?? arn)}`;
  if (error !== undefined) {
    return `${who}\n${labelled('        ✗ input: ', `${plainText(error)} Nothing is delivered.`, columns)}`;
  }
  if (input === whole) return `${who}  gets the event`;
  // Not wrapped: what is broken between lines cannot be copied.
  const text = plainText(input);
  return `${who}\n        gets ${text.length > maxInputLength ? `${text.slice(0, maxInputLength - 1)}…` : text}`;
}

function reasonTable(reasons: readonly Reason[], columns: number): string {
  const isNarrow = reasons.every(({ path = '' }) => path.length <= maxPathLength);
  const rows = reasons.flatMap(({ path = '', message, hint }) => {
    const rest = isNarrow ? withoutPath(message, path) : message;
    const label = isNarrow ? [plainText(path)] : [];
    return [
      [...label, plainText(rest)],
      ...(hint === undefined ? [] : [[...label.map(() => ''), `hint: ${plainText(hint)}`]]),
    ];
  });
  return table(rows, '      ', columns);
}

function withoutPath(message: string, path: string): string {
  if (path === '' || !message.startsWith(path)) return message;
  return message.slice(path.length).replace(/^:? /, '');
}
