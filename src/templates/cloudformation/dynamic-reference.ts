import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import type { StackSettings } from './cloud-template.js';

const reference = /\{\{resolve:([a-z-]+):([^{}]+)\}\}/g;
const ofSecret = /\{\{resolve:((?:secretsmanager|ssm-secure):[^{}]+)\}\}/;

/** The parameter for a secret that a string still refers to. */
export function missingSecret(text: string): string | undefined {
  return ofSecret.exec(text)?.[1];
}

/** A string with a word that every constraint of the service accepts in place of the secrets it refers to. */
export function withoutSecrets(text: string): string {
  return text.replace(new RegExp(ofSecret, 'g'), 'secret');
}

/**
 * Resolves `{{resolve:ssm:/orders/bus}}` and similar from the parameters. A secret that they do not contain stays as it is written:
 * connections are created without theirs.
 */
export function resolveDynamic(text: string, { parameters }: StackSettings, location: SourceLocation): string {
  return text.replace(reference, (whole: string, service: string, rest: string) => {
    // The name of a parameter is followed by a version, the id of a secret by a key.
    const name = service.startsWith('ssm') ? rest.replace(/:\d+$/, '') : rest;
    for (const key of [whole, `${service}:${rest}`, rest, `${service}:${name}`, name]) {
      const value = parameters.get(key);
      if (value !== undefined) return value;
    }
    if (ofSecret.test(whole)) return whole;
    throw unknownReference(`${service}:${rest}`, location);
  });
}

/** `parameter` is what follows `resolve:`. */
export function unknownReference(parameter: string, location: SourceLocation): TemplateProblemError {
  const message = `{{resolve:${parameter}}} is not known here; give it as parameters[${JSON.stringify(parameter)}]`;
  return new TemplateProblemError(location, message, { code: 'unresolved', parameter });
}
