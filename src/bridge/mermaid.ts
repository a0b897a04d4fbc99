import { parseArn } from '../base/arn.js';
import type { Bridge } from './bridge.js';
import { internalsOf } from './internals.js';
import type { BusOverview, RuleOverview } from './overview.js';

/** An id for a node: the same for the same names, another one for others, and no word of the language. */
export function nodeId(kind: string, ...names: readonly string[]): string {
  return `${kind}_${names.join('\0').replace(/[^A-Za-z0-9]/g, encode)}`;
}

/** Reads back from left to right in one way only, so that no two names become one. */
function encode(unit: string): string {
  return `_${unit.charCodeAt(0).toString(16)}_`;
}

/** All that means something to Mermaid, to Markdown or to HTML, and what cannot be seen. */
const unsafe = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|["#$%&'()*:;<>[\\\]^`{|}~]/gu;

const lineBreaks = /\r\n|[\n\r\u0085\u2028\u2029]/;

const maxLineLength = 120;

/** A label in quotes, each of its lines on a line of its own. */
export function label(...lines: readonly string[]): string {
  return `"${lines
    .flatMap((line) => line.split(lineBreaks))
    .map(escapeLine)
    .join('<br/>')}"`;
}

function escapeLine(line: string): string {
  const points = Array.from(line.slice(0, 2 * maxLineLength));
  const shown = points.length > maxLineLength ? `${points.slice(0, maxLineLength).join('')}…` : line;
  return shown.replace(unsafe, (point) => `#${codeOf(point)};`);
}

/** A half of a surrogate pair is no character: it is shown as what stands for one. */
function codeOf(point: string): number {
  const code = point.codePointAt(0) as number;
  return (code >= 0xd800 && code <= 0xdfff) || code === 0 ? 0xfffd : code;
}

/**
 * The buses of a bridge, their rules and subscriptions, the targets and the dead-letter queues, as a flowchart in the language of
 * Mermaid: GitHub draws it in a block of code marked `mermaid`. The text is sorted by name, and a node's id is made of its names
 * alone, so that it is the same whatever the order in which things were made. What is disabled hangs on a dotted line. Throws
 * `ValidationException` for what is no bridge of this version.
 */
export function toMermaid(bridge: Bridge): string {
  const { buses } = internalsOf(bridge, 'toMermaid').overview();
  const nodes = new Map<string, string>();
  const edges: string[] = [];
  const add = ({ id, shape }: Node): string => {
    nodes.set(id, shape);
    return id;
  };
  const byArn = new Map(buses.map((bus) => [bus.arn, bus]));
  const place = (arn: string): Node => {
    const bus = byArn.get(arn);
    return bus === undefined ? targetNode(arn) : busNode(bus);
  };
  for (const bus of sortedBy(buses, ({ name }) => name)) {
    const from = add(busNode(bus));
    for (const rule of sortedBy(bus.rules, ({ name }) => name)) {
      const to = add(ruleNode(bus, rule));
      edges.push(rule.state === 'DISABLED' ? `${from} -.->|"disabled"| ${to}` : `${from} --> ${to}`);
      for (const { id, arn, deadLetters } of sortedBy(rule.targets, (target) => target.id)) {
        edges.push(`${to} -->|${label(id)}| ${add(place(arn))}`);
        if (deadLetters !== undefined)
          edges.push(`${to} -.->|${label(`dead letters of ${id}`)}| ${add(place(deadLetters))}`);
      }
    }
    for (const [name, count] of countedNames(bus.subscriptions)) {
      const shown = count === 1 ? `subscription ${name}` : `${count} subscriptions ${name}`;
      const to = add({ id: nodeId('subscription', bus.name, name), shape: `>${label(shown)}]` });
      edges.push(`${from} --> ${to}`);
    }
  }
  return [
    'flowchart LR',
    ...Array.from(nodes, ([id, shape]) => `  ${id}${shape}`),
    ...edges.map((edge) => `  ${edge}`),
  ].join('\n');
}

interface Node {
  readonly id: string;
  /** Its brackets and label. */
  readonly shape: string;
}

function busNode({ name }: BusOverview): Node {
  return { id: nodeId('bus', name), shape: `([${label(`bus ${name}`)}])` };
}

function ruleNode(bus: BusOverview, { name, schedule }: RuleOverview): Node {
  const lines = schedule === undefined ? [`rule ${name}`] : [`rule ${name}`, schedule];
  return { id: nodeId('rule', bus.name, name), shape: `[${label(...lines)}]` };
}

/** Known by the service in its ARN; what is elsewhere, by all of it. */
function targetNode(arn: string): Node {
  const id = nodeId('target', arn);
  const { service, resource = '' } = parseArn(arn) ?? {};
  switch (service) {
    case 'lambda':
      return { id, shape: `(${label(`function ${resource.replace(/^function:/, '')}`)})` };
    case 'sqs':
      return { id, shape: `[(${label(`queue ${resource}`)})]` };
    case 'logs':
      return { id, shape: `[/${label(`log group ${resource.replace(/^log-group:/, '').replace(/:\*$/, '')}`)}/]` };
    default:
      return { id, shape: `{{${label(service === undefined ? arn : `${service} ${resource}`)}}}` };
  }
}

function sortedBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly Item[] {
  return [...items].sort((a, b) => compare(nameOf(a), nameOf(b)));
}

function countedNames(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return sortedBy([...counts], ([name]) => name);
}

/** By code units, which no locale changes. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
