import type { StackSettings } from './cloud-template.js';
import type { Place } from './place.js';
import { Problem } from './template-error.js';

const reference = /\{\{resolve:([a-z-]+):([^{}]+)\}\}/g;

/** Fills in `{{resolve:ssm:/orders/bus}}` and its like from the parameters. */
export function resolveDynamic(text: string, { parameters }: StackSettings, place: Place): string {
  return text.replace(reference, (whole: string, service: string, rest: string) => {
    // A version stands behind the name of a parameter; what is asked of a secret, behind its id.
    const name = service.startsWith('ssm') ? rest.replace(/:\d+$/, '') : rest;
    for (const key of [whole, `${service}:${rest}`, rest, `${service}:${name}`, name]) {
      const value = parameters.get(key);
      if (value !== undefined) return value;
    }
    const parameter = `${service}:${rest}`;
    throw new Problem(place, `${whole} is not known here; give it as parameters[${JSON.stringify(parameter)}]`, {
      code: 'unresolved',
      parameter,
    });
  });
}
