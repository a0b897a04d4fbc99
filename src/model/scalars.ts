import { integer, list, string, structure } from './shape.js';

// What several resources have in common.

export const namePattern = '[\\.\\-_A-Za-z0-9]+';
const slashedNamePattern = '[/\\.\\-_A-Za-z0-9]+';
export const busArnPrefix = '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?';

export const shortName = string(1, 64, namePattern);
export const busName = string(1, 256, slashedNamePattern);
export const busNameOrArn = string(1, 1600, busArnPrefix + slashedNamePattern);
export const arn = string(1, 1600);
export const busOrArchiveArn = string(1, 1600, '^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$');
export const eventPattern = string(undefined, 4096);
/** Of buses and rules, which may have more than one line. */
export const description = string(undefined, 512);
/** Of everything else: one line. */
export const lineDescription = string(undefined, 512, '.*');
export const kmsKey = string(undefined, 2048, '^[a-zA-Z0-9_\\-/:]*$');
export const page = { NextToken: string(1, 2048), Limit: integer(1, 100) };
export const tagKey = string(1, 128);
export const tags = list(structure('Tag', { 'Key!': tagKey, 'Value!': string(0, 256) }));
export const deadLetterConfig = structure('DeadLetterConfig', { Arn: arn });

// The parts of an HTTP request. Two of the service's patterns take time that grows exponentially with a text that does not
// match. They are what a refusal prints; what is run is another spelling of the same language, which cannot.

export const headerKey = string(undefined, 512, "^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$");
export const headerValue = string(
  undefined,
  512,
  '^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$',
  '\\t*[\\x20-\\x7E][\\t\\x20-\\x7E]*',
);
export const queryKey = string(undefined, 512, '[^\\x00-\\x1F\\x7F]+');
export const queryValue = string(undefined, 512, '[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+');
/** A user name, a password, a key. */
export const authText = string(
  1,
  512,
  '^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$',
  '\\t*[^\\x00-\\x1F:\\x7F][^\\x00-\\x08\\x0A-\\x1F:\\x7F]*',
);
export const httpsEndpoint = string(1, 2048, "^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$");
