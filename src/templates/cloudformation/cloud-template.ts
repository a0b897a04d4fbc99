import type { Place } from '../document/problem.js';
import type { MapNode, TemplateNode } from '../document/template-node.js';

/** What a template is written for. */
export type TemplateForm = 'cloudformation' | 'sam' | 'cdk' | 'serverless' | 'terraform';

/** Something of a template that does not go into the bridge. */
export interface Skipped {
  /** Its logical id; of a variable of a function, and of an event in serverless.yml, that of the function. */
  readonly logicalId: string;
  /** What else it is called in the template: its SAM event, the name of its construct, the key of its function. */
  readonly names: readonly string[];
  /** Its type, such as `AWS::Scheduler::Schedule`. */
  readonly type: string;
  /** Where it stands. */
  readonly place: Place;
  /** Why it is skipped, in a sentence. */
  readonly reason: string;
}

/** A resource, whatever the form it was written in, as CloudFormation has it; not yet resolved. */
export interface ResourceNode {
  readonly logicalId: string;
  readonly type: string;
  /** Of its name. */
  readonly place: Place;
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
  readonly form: TemplateForm;
  readonly place: Place;
  /** What the stack is called unless the options say. */
  readonly stackName: string | undefined;
  readonly parameters: TemplateNode | undefined;
  readonly mappings: TemplateNode | undefined;
  readonly conditions: TemplateNode | undefined;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, ResourceNode>;
  /** What SAM lets a template refer to by another name: `BillFunction.Alias`, and the logical id it stands for. */
  readonly references: ReadonlyMap<string, string>;
  readonly skipped: readonly Skipped[];
}

/** The options of loading, with what the bridge says filled in. */
export interface ReadOptions {
  readonly account: string;
  readonly region: string;
  readonly stackName: string | undefined;
  /** Of the template, and imported values and dynamic references, by name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** What the intrinsic functions are resolved with. */
export interface StackSettings extends ReadOptions {
  readonly stackName: string;
}

/** Resolves nodes. */
export interface Scope {
  readonly template: CloudTemplate;
  readonly settings: StackSettings;
  /** ARNs that the bridge has made, by logical id. */
  readonly made: Map<string, string>;
  /** Parameters that were asked for, with their values. */
  readonly used: Map<string, string>;
  /** The node without intrinsic functions; `undefined` for AWS::NoValue. Throws a Problem. */
  resolve(node: TemplateNode): TemplateNode | undefined;
  /** The same, as text. Throws a Problem for what is none. */
  text(node: TemplateNode, what: string): string;
  /** Whether a condition of the template holds. Throws a Problem. */
  holds(condition: string, place: Place): boolean;
}
