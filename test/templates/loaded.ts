import type { Bridge, BridgeOptions, Target } from '../../src/index.js';
import { createBridge, sequentialIds, virtualClock } from '../../src/index.js';
import { loadTemplateText } from '../../src/templates/load-template.js';
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
  const stack =
    template instanceof Written
      ? await loadTemplateText(bridge, template, options)
      : await loadTemplate(bridge, template, options);
  return { bridge, stack };
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

/** Everything that a template put into a bridge, by operations of the API. Ids of targets, which the forms make up each in their way, are left out. */
export async function contentsOf(bridge: Bridge): Promise<Record<string, unknown>> {
  const contents: Record<string, unknown> = {};
  for (const { Name: bus, Policy, Description } of (await bridge.listEventBuses()).EventBuses) {
    contents[`bus ${bus}`] = { Policy, Description };
    for (const rule of (await bridge.listRules({ EventBusName: bus })).Rules) {
      const { EventPattern, Description: _, ...rest } = rule;
      const { Targets } = await bridge.listTargetsByRule({ Rule: rule.Name, EventBusName: bus });
      const pattern = EventPattern && JSON.parse(EventPattern);
      contents[`rule ${bus}/${rule.Name}`] = { ...rest, pattern, targets: Targets.map(withoutId) };
    }
  }
  const archives = (await bridge.listArchives()).Archives;
  const connections = (await bridge.listConnections()).Connections.map(({ ConnectionArn: _, ...rest }) => rest);
  const destinations = (await bridge.listApiDestinations()).ApiDestinations.map(
    ({ ApiDestinationArn: _, ConnectionArn: __, ...rest }) => rest,
  );
  return { ...contents, archives, connections, destinations };
}

/** The unique part of the ARN of an API destination is made up; CDK names the variables of a transformer. */
function withoutId({ Id: _, Arn, InputTransformer, ...target }: Target): unknown {
  const template = InputTransformer?.InputTemplate?.replace(/<([\w-]+)>/g, (_, name: string) => {
    return `<${InputTransformer.InputPathsMap?.[name]}>`;
  });
  return {
    ...target,
    Arn: Arn?.replace(/(api-destination\/[^/]+)\/.*/, '$1'),
    ...(template === undefined ? {} : { template: template.replace(/\s/g, '') }),
  };
}
