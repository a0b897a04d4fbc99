import { escapeLine } from '../../base/escape-controls.js';
import { labelled, paragraph, table, width } from '../../testing/layout.js';
import { type Colors, createColors } from '../terminal.js';
import type { ExplainInput } from './explain-input.js';
import type { Reason, RuleVerdict, TargetVerdict } from './explain-rules.js';

const maxPathLength = 24;
const maxNameLength = 32;
const maxInputLength = 200;
const minSummary = 20;
/** Narrower terminals leave no room beside a label. */
const minWidth = 50;

/** How an explanation is laid out. */
export interface ExplainLayout {
  /** The name of the event. */
  readonly label: string;
  /** The buses that have rules. */
  readonly buses: readonly string[];
  /** Whether the rules were asked for by name. */
  readonly isAsked: boolean;
  readonly color: boolean;
  /** Columns of the terminal, if there is one. */
  readonly columns: number | undefined;
}

/** Returns the explanation of one event for a terminal. */
export function exescapeLine(
  explained: { readonly event: ExplainInput; readonly rules: readonly RuleVerdict[] },
  { label, buses, isAsked, color, columns: wanted = width }: ExplainLayout,
): string {
  const colors = createColors(color);
  const columns = Math.min(width, Math.max(minWidth, wanted));
  const { event, rules } = explained;
  const head = eventHead(event, label, buses, columns);
  if (event.rejection !== undefined) {
    const { ErrorCode, ErrorMessage } = event.rejection;
    return `${head}\n\n  ${colors.red('✗')} PutEvents rejects it: ${escapeLine(`${ErrorCode}: ${ErrorMessage}`)}\n`;
  }
  const places = rules.map(({ file, line }) => escapeLine(line === undefined ? (file ?? '') : `${file}:${line}`));
  const names = rules.map(({ rule }) => escapeLine(rule));
  const maxWidth = (texts: readonly string[]) =>
    Math.min(maxNameLength, Math.max(0, ...texts.map(({ length }) => length)));
  const blocks = rules.map((rule, i) => {
    const name = (names[i] as string).padEnd(maxWidth(names));
    const start = `  ${markOf(rule)} ${name}  ${(places[i] as string).padEnd(maxWidth(places))}  `;
    const title = titled(start, summaryOf(rule), columns);
    const isOnly = isAsked && rules.length === 1;
    return [colorize(title, rule, colors), ...linesBelow(rule, event.event?.text, isOnly, columns)].join('\n');
  });
  const nothing = rules.length === 0 ? ['  The templates have no rules.'] : [];
  return `${[head, '', ...blocks, ...nothing].join('\n')}\n`;
}

/** Puts the summary beside the name of the rule, or below it if there is no room. */
function titled(start: string, summary: string, columns: number): string {
  if (start.length + minSummary <= columns) return labelled(start, summary, columns).trimEnd();
  return [start.trimEnd(), ...(summary === '' ? [] : [paragraph(summary, '      ', columns)])].join('\n');
}

function eventHead(event: ExplainInput, label: string, buses: readonly string[], columns: number): string {
  const { defaulted, form, guesses, ignored, bus, busIsNamed } = event;
  const filled = defaulted.length === 0 ? '' : `: filled in ${defaulted.join(', ')}`;
  const unused = ignored.length === 0 ? [] : [`ignored ${ignored.map((name) => JSON.stringify(name)).join(', ')}`];
  const strict = defaulted.length + guesses.length + ignored.length > 0 ? ' (--strict refuses this)' : '';
  const read = `${label}, read as ${[form + filled, ...guesses, ...unused].join('; ')}${strict}`;
  const others = buses.filter((name) => name !== bus).map((name) => `"${name}"`);
  const hint = others.length > 0 && !buses.includes(bus) ? `; the rules are on ${others.join(', ')}` : '';
  const named = busIsNamed ? `"${bus}"` : `the event names none: "${bus}"`;
  return [labelled('event  ', escapeLine(read), columns), labelled('bus    ', escapeLine(named + hint), columns)].join(
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
  if (first?.kind === 'schedule' || first?.kind === 'skipped') return escapeLine(first.message);
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
  const who = `      → ${escapeLine(id)}  ${escapeLine(logicalId ?? arn)}`;
  if (error !== undefined) {
    return `${who}\n${labelled('        ✗ input: ', `${escapeLine(error)} Nothing is delivered.`, columns)}`;
  }
  if (input === whole) return `${who}  gets the event`;
  // Not wrapped, so that it can be copied.
  const text = escapeLine(input);
  return `${who}\n        gets ${text.length > maxInputLength ? `${text.slice(0, maxInputLength - 1)}…` : text}`;
}

function reasonTable(reasons: readonly Reason[], columns: number): string {
  const isNarrow = reasons.every(({ path = '' }) => path.length <= maxPathLength);
  const rows = reasons.flatMap(({ path = '', message, hint }) => {
    const rest = isNarrow ? withoutPath(message, path) : message;
    const label = isNarrow ? [escapeLine(path)] : [];
    return [
      [...label, escapeLine(rest)],
      ...(hint === undefined ? [] : [[...label.map(() => ''), `hint: ${escapeLine(hint)}`]]),
    ];
  });
  return table(rows, '      ', columns);
}

function withoutPath(message: string, path: string): string {
  if (path === '' || !message.startsWith(path)) return message;
  return message.slice(path.length).replace(/^:? /, '');
}
