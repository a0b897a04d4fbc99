import type { RuleDraft } from '../deploy/deployment.js';
import { getMember, getString, itemsOf, type ScalarNode, type TemplateNode } from '../document/template-node.js';
import { detailTypesOf } from './aws-events.js';
import type { Warn } from './findings.js';
import { onlyStrings, patternNode } from './pattern-fields.js';

/** What a pattern says of events that AWS services send. `forwarded` are the buses that are targets of rules. */
export function lintSources({ properties, bus }: RuleDraft, forwarded: ReadonlySet<string>, warn: Warn): void {
  const pattern = patternNode(getMember(properties, 'EventPattern'));
  const sources = onlyStrings(pattern, 'source');
  if (sources === undefined) return;
  for (const source of sources) lintSpelling(source, warn);
  const services = sources.filter(({ value }) => isService(String(value)));
  if (services.length < sources.length) return;
  const [first] = services as [ScalarNode];
  if (bus !== 'default' && !forwarded.has(bus)) {
    const cure = `put the rule on the default bus, or forward the events to "${bus}" by a rule there`;
    const message = `events of ${first.value} arrive on the bus "default" only, and this rule is on "${bus}": ${cure}`;
    warn(first.location, 'aws-source-on-custom-bus', message);
  }
  lintDetailTypes(sources, pattern, warn);
  lintReadOnlyCalls(pattern, getString(properties, 'State') ?? 'ENABLED', warn);
}

function isService(source: string): boolean {
  return source.startsWith('aws.') && !source.startsWith('aws.partner/');
}

function lintSpelling({ location, value }: ScalarNode, warn: Warn): void {
  const source = String(value);
  const [, host] = /^([a-z0-9-]+)\.amazonaws\.com$/i.exec(source) ?? [];
  const meant = host === undefined ? source.toLowerCase() : `aws.${host.toLowerCase()}`;
  if (meant === source || !isService(meant)) return;
  warn(location, 'source-spelling', `no event has the source "${source}": events of this service have "${meant}"`);
}

function lintDetailTypes(sources: readonly ScalarNode[], pattern: TemplateNode | undefined, warn: Warn): void {
  const listed = sources.flatMap(({ value }) => detailTypesOf(String(value)));
  for (const { location, value } of onlyStrings(pattern, 'detail-type') ?? []) {
    const written = String(value);
    const meant = listed.find((name) => normalized(name) === normalized(written));
    if (meant === undefined || listed.includes(written)) continue;
    const message = `no event has the detail-type "${written}": AWS spells it "${meant}", and patterns compare letter by letter`;
    warn(location, 'detail-type-spelling', message);
  }
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

const readOnly = /^(?:Get|List|Describe|Head|Lookup|BatchGet|Search)[A-Z]/;

function lintReadOnlyCalls(pattern: TemplateNode | undefined, state: string, warn: Warn): void {
  if (state !== 'ENABLED') return;
  const types = onlyStrings(pattern, 'detail-type') ?? [];
  if (!types.some(({ value }) => value === 'AWS API Call via CloudTrail')) return;
  const names = getMember(pattern, 'detail', 'eventName');
  const calls = names?.kind === 'list' ? itemsOf(names, 'eventName') : [];
  for (const { location, ...call } of calls) {
    const name = call.kind === 'scalar' ? String(call.value) : '';
    if (!readOnly.test(name)) continue;
    const cure = 'State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    warn(location, 'read-only-call', `${name} only reads: a rule receives such calls with ${cure}, not with ENABLED`);
  }
}
