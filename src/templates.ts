import { ServiceError } from './base/service-error.js';
import { describeValue } from './base/unknown-value.js';
import type { Bridge } from './bridge/bridge.js';
import type { Stack } from './templates/deploy/stack.js';
import { TemplateError } from './templates/document/template-problem.js';
import type { LoadOptions } from './templates/load/load-options.js';
import { loadTemplateObject, loadTemplateText } from './templates/load/load-template.js';

export type { SkippedKind, SkippedResource, TemplateFormat } from './templates/cloudformation/cloud-template.js';
export {
  type ContractReport,
  checkContracts,
  type NearestEvent,
  type NearestRule,
  type UnmatchedEvent,
  type UnmatchedRule,
} from './templates/contracts/check-contracts.js';
export type { ContractEvent } from './templates/contracts/contract-event.js';
export type { ContractRule } from './templates/contracts/contract-rule.js';
export type { SourceValue, Stack, StackRule, StackTarget } from './templates/deploy/stack.js';
export type { SourceLocation, TemplateProblem } from './templates/document/template-problem.js';
export { TemplateError } from './templates/document/template-problem.js';
export type { LoadOptions } from './templates/load/load-options.js';

/**
 * Deploys a template into a bridge: buses with their policies, rules with their targets, archives, connections and API destinations.
 *
 * Reads CloudFormation and SAM in YAML and JSON, what `cdk synth` writes to `cdk.out`, serverless.yml, and what
 * `terraform show -json` prints of a plan or a state. Intrinsic functions are resolved; what earlier stacks export can be imported.
 * Names that CloudFormation would make up are the stack's name and the logical id, without random characters. An attribute that only AWS
 * knows gets an opaque value, which `skipped` lists. In a Terraform plan, a value that is known only after apply and refers to one attribute
 * is that attribute.
 *
 * A stack that is loaded again is updated: existing resources are changed in place, and what an earlier load created and the template
 * no longer has is removed. Handlers and pending deliveries stay, and so does what others created: a rule or a bus that others use is
 * listed in `skipped`. Two loads are of one stack if they have the same `stackName`; without one, if they are of the same file. Two
 * objects that are two stacks need a `stackName` each. `bridge.reset()` removes the stacks.
 *
 * @param bridge - The bridge that the template is deployed into.
 * @param template - Path or file URL of a file (where the runtime has a file system), or a parsed template.
 * @param options - Parameters, and the name, account and region of the stack.
 * @returns The loaded stack.
 * @throws {TemplateError} when the template is invalid. It lists every problem with its location, and the bridge is unchanged, except when
 * a quota of the bridge is exceeded, or an archive of the same name has another bus.
 * @throws {ValidationException} when an argument is invalid.
 * @example
 * const stack = await loadTemplate(bridge, 'template.yaml', { parameters: { Stage: 'test' } });
 * stack.handle('BillFunction', handler);
 */
export async function loadTemplate(
  bridge: Bridge,
  template: string | URL | object,
  options?: LoadOptions,
): Promise<Stack> {
  if (typeof template === 'string' || isUrl(template)) {
    const readFile = (path: string) => readFileText(path).catch(() => undefined);
    return loadTemplateText(bridge, { text: await readFileText(template), file: nameOf(template), readFile }, options);
  }
  if (typeof template !== 'object' || template === null) {
    throw new ServiceError(
      'ValidationException',
      `loadTemplate: the template must be a path, a file URL or an object, but is ${describeValue(template)}.`,
    );
  }
  return loadTemplateObject(bridge, template, options);
}

/** `instanceof` throws for a revoked Proxy. */
function isUrl(value: unknown): value is URL {
  try {
    return value instanceof URL;
  } catch {
    return false;
  }
}

/** Only a path needs the file system; asking the runtime for it leaves a bundle for browsers without any `node:` import. */
async function readFileText(file: string | URL): Promise<string> {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): FilePromises | undefined } };
  const files = process?.getBuiltinModule?.('node:fs/promises');
  if (files === undefined) throw unreadable(file, 'this runtime has no file system; give the template as an object');
  try {
    const text = await files.readFile(file, 'utf8');
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw unreadable(file, code === 'ENOENT' ? 'there is no such file' : message);
  }
}

interface FilePromises {
  readFile(file: string | URL, encoding: 'utf8'): Promise<string>;
}

function unreadable(file: string | URL, reason: string): TemplateError {
  return new TemplateError([{ file: nameOf(file), path: '', message: `the template cannot be read: ${reason}` }]);
}

function nameOf(file: string | URL): string {
  return typeof file === 'string' ? file : decodeURIComponent(file.pathname);
}
