import { labelled, paragraph, table } from '../testing/layout.js';
import type { EventToExplain } from './event-to-explain.js';
import type { Reason, RuleVerdict, TargetVerdict } from './explain-rules.js';
import { type Paint, paint } from './paint.js';
import { plainText } from './plain-text.js';

const longestPath = 24;
const longestName = 32;
const longestInput = 200;

/** What was found out of one event, for a person; `isAsked` if the rules were asked for by name. */
export function explainText(
  explained: { readonly event: EventToExplain; readonly rules: readonly RuleVerdict[] },
  { label, buses, isAsked, color }: { label: string; buses: readonly string[]; isAsked: boolean; color: boolean },
): string {
  const colors = paint(color);
  const { event, rules } = explained;
  const head = eventHead(event, label, buses);
  if (event.refusal !== undefined) {
    const { ErrorCode, ErrorMessage } = event.refusal;
    return `${head}\n\n  ${colors.red('✗')} PutEvents refuses it: ${plainText(`${ErrorCode}: ${ErrorMessage}`)}\n`;
  }
  const places = rules.map(({ file, line }) => plainText(line === undefined ? (file ?? '') : `${file}:${line}`));
  const names = rules.map(({ rule }) => plainText(rule));
  const widest = (texts: readonly string[]) => Math.min(longestName, Math.max(0, ...texts.map(({ length }) => length)));
  const blocks = rules.map((rule, i) => {
    const name = (names[i] as string).padEnd(widest(names));
    const start = `  ${markOf(rule)} ${name}  ${(places[i] as string).padEnd(widest(places))}  `;
    const title = labelled(start, summaryOf(rule)).trimEnd();
    return [painted(title, rule, colors), ...linesBelow(rule, isAsked && rules.length === 1)].join('\n');
  });
  const nothing = rules.length === 0 ? ['  The templates have no rule.'] : [];
  return `${[head, '', ...blocks, ...nothing].join('\n')}\n`;
}

function eventHead(event: EventToExplain, label: string, buses: readonly string[]): string {
  const { filledIn, form, guesses, leftOut, bus, busIsNamed } = event;
  const filled = filledIn.length === 0 ? '' : `: filled in ${filledIn.join(', ')}`;
  const left = leftOut.length === 0 ? [] : [`left out ${leftOut.map((name) => JSON.stringify(name)).join(', ')}`];
  const strict = filledIn.length + guesses.length + leftOut.length > 0 ? ' (--strict refuses this)' : '';
  const read = `${label}, read as ${[form + filled, ...guesses, ...left].join('; ')}${strict}`;
  const others = buses.filter((name) => name !== bus).map((name) => `"${name}"`);
  const hint = others.length > 0 && !buses.includes(bus) ? `; the rules are on ${others.join(', ')}` : '';
  const named = busIsNamed ? `"${bus}"` : `none is named in the event: "${bus}"`;
  return [labelled('event  ', plainText(read)), labelled('bus    ', plainText(named + hint))].join('\n');
}

function isIdle({ reasons }: RuleVerdict): boolean {
  return reasons.some(({ kind }) => kind === 'schedule' || kind === 'skipped');
}

function markOf(rule: RuleVerdict): string {
  if (rule.matches) return '✓';
  return isIdle(rule) ? '–' : '✗';
}

function painted(title: string, rule: RuleVerdict, { green, red, dim }: Paint): string {
  if (isIdle(rule)) return dim(title);
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

function linesBelow(rule: RuleVerdict, isOnly: boolean): string[] {
  if (rule.matches) return rule.targets.map(targetLine);
  if (isIdle(rule)) return [];
  const { reasons } = rule;
  const count = reasons.length;
  const all = count === 2 ? 'both: neither' : 'all: none';
  const advice = `${count} of ${count} differences shown. Fix ${all} alone makes the rule fire.`;
  return [reasonTable(reasons), ...(isOnly && count > 1 ? [paragraph(advice, '  ')] : [])];
}

function targetLine({ id, arn, logicalId, input, error }: TargetVerdict): string {
  const who = `      → ${plainText(id)}  ${plainText(logicalId ?? arn)}`;
  if (error !== undefined)
    return `${who}\n${labelled('        ✗ input: ', `${plainText(error)} Nothing is delivered.`)}`;
  const text = plainText(input ?? '');
  return `${who}\n${labelled('        gets ', text.length > longestInput ? `${text.slice(0, longestInput - 1)}…` : text)}`;
}

function reasonTable(reasons: readonly Reason[]): string {
  const isNarrow = reasons.every(({ path = '' }) => path.length <= longestPath);
  const rows = reasons.flatMap(({ path = '', message, hint }) => {
    const rest = isNarrow ? withoutPath(message, path) : message;
    const label = isNarrow ? [plainText(path)] : [];
    return [
      [...label, plainText(rest)],
      ...(hint === undefined ? [] : [[...label.map(() => ''), `hint: ${plainText(hint)}`]]),
    ];
  });
  return table(rows, '      ');
}

function withoutPath(message: string, path: string): string {
  if (path === '' || !message.startsWith(path)) return message;
  return message.slice(path.length).replace(/^:? /, '');
}
