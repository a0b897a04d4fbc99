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
 * Puts what a template deploys into a bridge: buses with their policies, rules with their targets, archives, connections and
 * API destinations. Reads CloudFormation and SAM in YAML and JSON, what `cdk synth` writes to `cdk.out`, serverless.yml, and
 * what `terraform show -json` prints of a plan or a state.
 *
 * `template` is a file's path or file URL (in Node only), or a template already parsed. Intrinsic functions are resolved;
 * names that CloudFormation would make up are the stack's name and the logical id, without random characters. In a Terraform
 * plan, what is known only once it is applied and refers to one attribute is taken for that attribute: a plan does not tell
 * what else is around it.
 *
 * A stack that is loaded again is updated: what is in the bridge already is changed where it is, and what an earlier load has made
 * and the template has no more is taken out. Handlers and pending deliveries stay, and so does what others have made: a rule or a
 * bus into which they have put something is listed in `skipped`. Two loads are of one stack if they have one `stackName`; without
 * one, if they are of one file. An object has neither: two of them that are two stacks need a `stackName` each. A bridge forgets its
 * stacks when it is reset.
 *
 * Rejects with a `TemplateError` that says all that is wrong, each with its place. Nothing was loaded then, unless it is a
 * quota of the bridge that was met, or an archive that others made of another bus: what came before it stays. Rejects with
 * `ValidationException` for wrong arguments.
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
