import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import type { StackSettings } from './cloud-template.js';

const reference = /\{\{resolve:([a-z-]+):([^{}]+)\}\}/g;
const ofSecret = /\{\{resolve:((?:secretsmanager|ssm-secure):[^{}]+)\}\}/;

/** What is to be given for a secret that a text still refers to. */
export function missingSecret(text: string): string | undefined {
  return ofSecret.exec(text)?.[1];
}

/** A text without the secrets it refers to, with a word that any constraint of the service takes. */
export function withoutSecrets(text: string): string {
  return text.replace(new RegExp(ofSecret, 'g'), 'secret');
}

/**
 * Fills in `{{resolve:ssm:/orders/bus}}` and its like from the parameters. A secret that they do not say stays as it is written:
 * connections are made without theirs.
 */
export function resolveDynamic(text: string, { parameters }: StackSettings, location: SourceLocation): string {
  return text.replace(reference, (whole: string, service: string, rest: string) => {
    // A version stands behind the name of a parameter; what is asked of a secret, behind its id.
    const name = service.startsWith('ssm') ? rest.replace(/:\d+$/, '') : rest;
    for (const key of [whole, `${service}:${rest}`, rest, `${service}:${name}`, name]) {
      const value = parameters.get(key);
      if (value !== undefined) return value;
    }
    if (ofSecret.test(whole)) return whole;
    throw unknownReference(`${service}:${rest}`, location);
  });
}

/** `parameter` is what stands behind `resolve:`. */
export function unknownReference(parameter: string, location: SourceLocation): TemplateProblemError {
  const message = `{{resolve:${parameter}}} is not known here; give it as parameters[${JSON.stringify(parameter)}]`;
  return new TemplateProblemError(location, message, { code: 'unresolved', parameter });
}
