import {
  type Bridge,
  type BridgeOptions,
  createBridge,
  type Snapshot,
  sequentialIds,
  type Target,
  virtualClock,
} from '../../src/index.js';
import type { RuleRecord } from '../../src/resources/rules/rule-record.js';
import { loadTemplateText } from '../../src/templates/load/load-template.js';
import { type LoadOptions, loadTemplate, type Stack } from '../../src/templates.js';

/** The text of a template, as if it had been read from template.yaml. */
class Written {
  readonly text: string;
  readonly file = 'template.yaml';

  constructor(text: string) {
    this.text = text;
  }
}

/** A template that has no file. */
export function written(text: string): object {
  return new Written(text);
}

/** The path of a template among the tests. */
export function stackFile(name: string): string {
  return `test/templates/stacks/${name}`;
}

/** A bridge on a virtual clock into which a template was loaded. */
export async function loaded(
  template: string | object,
  options?: LoadOptions,
  settings?: BridgeOptions,
): Promise<{ bridge: Bridge; stack: Stack }> {
  const bridge = createBridge({
    clock: virtualClock('2026-01-01T00:00:00Z'),
    ids: sequentialIds(),
    onUnhandledTarget: 'ignore',
    ...settings,
  });
  return { bridge, stack: await loadInto(bridge, template, options) };
}

export function loadInto(bridge: Bridge, template: string | object, options?: LoadOptions): Promise<Stack> {
  return template instanceof Written
    ? loadTemplateText(bridge, template, options)
    : loadTemplate(bridge, template, options);
}

/** The message with which loading a template is refused. */
export async function refusal(template: string | object, options?: LoadOptions): Promise<string> {
  try {
    await loaded(template, options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the template was loaded');
}

/** A snapshot without the names that a form makes up, and with the rules in the order of their ARNs. `names` says which a form has made of which. */
export function withoutMadeUpNames({ state, ...rest }: Snapshot, names: Readonly<Record<string, string>>): unknown {
  const rules = (state.rules as readonly RuleRecord[]).map(({ EventPattern, Targets, ...rule }) => ({
    ...rule,
    // Terraform's jsonencode puts members in the order of their names.
    EventPattern: EventPattern && JSON.parse(EventPattern),
    Targets: Targets.map((target, location) => ({ ...target, ...transformerOf(target), Id: `target ${location}` })),
  }));
  let text = JSON.stringify({ ...rest, state: { ...state, rules } });
  for (const [madeUp, name] of Object.entries(names)) text = text.replaceAll(madeUp, name);
  const renamed = JSON.parse(text) as { state: { rules: { Arn: string }[] } };
  renamed.state.rules.sort((a, b) => (a.Arn < b.Arn ? -1 : 1));
  return renamed;
}

/** CDK makes up the names of the variables of a transformer. */
function transformerOf({ InputTransformer }: Target): object {
  const { InputPathsMap = {}, InputTemplate = '' } = InputTransformer ?? {};
  const template = InputTemplate.replace(/<([\w-]+)>/g, (_, name: string) => `<${InputPathsMap[name]}>`);
  return InputTransformer ? { InputTransformer: { paths: Object.values(InputPathsMap), template } } : {};
}
