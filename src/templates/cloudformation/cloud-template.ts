import type { MapNode, TemplateNode } from '../document/template-node.js';
import type { SourceLocation, TemplateProblem, TemplateProblemError } from '../document/template-problem.js';

/** What a template is written for. */
export type TemplateFormat = 'cloudformation' | 'sam' | 'cdk' | 'serverless' | 'terraform';

/**
 * `schedule`, `pipe`, `event-source`: sends events or reads them, by another service than EventBridge · `event`: an event of SAM or
 * serverless.yml that is not a rule · `target`: a target without its rule · `resource`: anything else that is not an EventBridge resource ·
 * `condition`: its condition does not hold · `macro`: not carried out · `section`: a section that is not read · `value`: a value that is not
 * known, or not used · `kept`: no longer in the template, but in use.
 */
export type SkippedKind =
  | 'schedule'
  | 'pipe'
  | 'event-source'
  | 'event'
  | 'target'
  | 'resource'
  | 'condition'
  | 'macro'
  | 'section'
  | 'value'
  | 'kept';

/** Something of a template that does not go into the bridge. */
export interface SkippedResource {
  /** What kind of thing it is, so that those that matter can be told from other services. */
  readonly kind: SkippedKind;
  /** Its logical id; of a variable of a function, and of an event in serverless.yml, that of the function. */
  readonly logicalId: string;
  /** What else it is called in the template: its SAM event, the name of its construct, the key of its function. */
  readonly names: readonly string[];
  /** Its type, such as `AWS::Scheduler::Schedule`. */
  readonly type: string;
  /** Where it stands. */
  readonly location: SourceLocation;
  /** Why it is skipped, in a sentence. */
  readonly reason: string;
}

/** A resource, whatever the form it was written in, as CloudFormation has it; not yet resolved. */
export interface ResourceNode {
  readonly logicalId: string;
  readonly type: string;
  /** Of its name. */
  readonly location: SourceLocation;
  readonly properties: MapNode;
  /** The name of the condition on which it is deployed. */
  readonly condition: string | undefined;
  /** What else it is called: the name of its construct, of its SAM event, its key in serverless.yml. */
  readonly names: readonly string[];
  /** What it was written as. */
  readonly source: TemplateNode;
  /** Made by SAM or the Serverless Framework beside what was asked for. */
  readonly isGenerated: boolean;
}

/** A template in whatever form, as CloudFormation has it; not yet resolved. */
export interface CloudTemplate {
  readonly format: TemplateFormat;
  readonly location: SourceLocation;
  /** What the stack is called unless the options say. */
  readonly stackName: string | undefined;
  readonly parameters: TemplateNode | undefined;
  readonly mappings: TemplateNode | undefined;
  readonly conditions: TemplateNode | undefined;
  readonly outputs: TemplateNode | undefined;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, ResourceNode>;
  /** What SAM lets a template refer to by another name: `BillFunction.Alias`, and the logical id it stands for. */
  readonly references: ReadonlyMap<string, string>;
  readonly skipped: readonly SkippedResource[];
}

/**
 * What becomes of a value that is not known here. `throw`: a problem. `opaque`: an attribute that only AWS knows gets a made-up value and a
 * note. `placeholder`: so does every other value, and its problem is recorded instead of thrown.
 */
export type UnresolvedPolicy = 'throw' | 'opaque' | 'placeholder';

/** The options of loading, with what the bridge says filled in. */
export interface ReadOptions {
  readonly account: string;
  readonly region: string;
  readonly stackName: string | undefined;
  /** Of the template, and imported values and dynamic references, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly unresolved: UnresolvedPolicy;
}

/** What the intrinsic functions are resolved with. */
export interface StackSettings extends ReadOptions {
  readonly stackName: string;
}

/** Resolves nodes. */
export interface TemplateResolver {
  readonly template: CloudTemplate;
  readonly settings: StackSettings;
  /** ARNs that the bridge has made, by logical id. */
  readonly made: Map<string, string>;
  /** Parameters that were asked for, with their values. */
  readonly used: Map<string, string>;
  /** Attributes that only AWS knows, by their opaque values, each with a note. */
  readonly notes: Map<string, TemplateProblem>;
  /** What a placeholder stands for, each with its problem. */
  readonly unresolved: Map<string, TemplateProblem>;
  /** The node without intrinsic functions; `undefined` for AWS::NoValue. Throws a TemplateProblemError. */
  resolve(node: TemplateNode): TemplateNode | undefined;
  /** The same, as text. Throws a TemplateProblemError for what is none. */
  text(node: TemplateNode, what: string): string;
  /** Records a note and returns `value`, the opaque value of an attribute. Throws `problem` where opaque values are not allowed. */
  opaque(problem: TemplateProblemError, value: string): string;
  /** Runs `work`; where placeholders are allowed, records a value that is unresolved and returns a placeholder. */
  orPlaceholder(location: SourceLocation, work: () => TemplateNode | undefined): TemplateNode | undefined;
  /** Whether a condition of the template holds. Throws a TemplateProblemError. */
  holds(condition: string, location: SourceLocation): boolean;
}
