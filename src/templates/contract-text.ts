import { counted } from '../base/describe.js';
import type { Difference } from '../patterns/explain/explain-pattern.js';
import { labelled, oneLine } from '../testing/layout.js';
import type { ContractReport, UnmetRule, UnwantedEvent } from './check-contracts.js';
import type { ContractRule } from './contract-rule.js';

/** A report for a person to read. */
export function contractText({ events, rules, unwanted, unmet }: Omit<ContractReport, 'toString'>): string {
  const summary = `${counted(events, 'event')}, ${counted(rules, 'rule')}: `;
  if (unwanted.length + unmet.length === 0) return `${summary}each event is wanted, and each rule is met`;
  const parts = [
    ...(unwanted.length > 0 ? [`${counted(unwanted.length, 'event')} that no rule wants`] : []),
    ...(unmet.length > 0 ? [`${counted(unmet.length, 'rule')} that no event meets`] : []),
  ];
  return [summary + parts.join(', '), ...unwanted.map(unwantedText), ...unmet.map(unmetText)].join('\n');
}

function unwantedText({ label, event, bus, nearest }: UnwantedEvent): string {
  const title = `no rule wants ${event.source} ${JSON.stringify(event['detail-type'])} (${label})`;
  if (nearest === undefined) return `${labelled('  ✗ ', oneLine(title))}\n      there is no rule`;
  const other = nearest.sameBus ? [] : [`event is on bus ${bus}, rule on ${nearest.rule.bus ?? 'default'}`];
  return block(title, `nearest is rule ${nameOf(nearest.rule)}`, [...other, ...messages(nearest.differences)]);
}

function unmetText({ rule, nearest }: UnmetRule): string {
  const title = `no event meets rule ${nameOf(rule)}`;
  if (nearest === undefined) return `${labelled('  ✗ ', oneLine(title))}\n      there is no event`;
  const { event, label, sameBus, differences } = nearest;
  const other = sameBus ? [] : [`rule is on bus ${rule.bus ?? 'default'}, event on another`];
  const who = `nearest is ${event.source} ${JSON.stringify(event['detail-type'])} (${label})`;
  return block(title, who, [...other, ...messages(differences)]);
}

function block(title: string, nearest: string, reasons: readonly string[]): string {
  const lines = reasons.map((reason) => labelled('        ', oneLine(reason, 1000)));
  return [labelled('  ✗ ', oneLine(title)), labelled('      ', oneLine(nearest)), ...lines].join('\n');
}

function messages(differences: readonly Difference[]): readonly string[] {
  return differences.map(({ message }) => message);
}

function nameOf({ name, names, logicalId, place }: ContractRule): string {
  const at = place?.line === undefined ? '' : ` (${place.file ?? 'the template'}:${place.line})`;
  return `${names?.[0] ?? logicalId ?? name}${at}`;
}
