import { accessDenied, HttpError, type HttpRequest } from './http-message.js';

/*
 * A server on loopback can be reached by every page in a browser on the same machine. Pages of other sites are kept out by
 * their Origin, and by Sec-Fetch-Site where a page can send a request without one. A Host that does not name this server is
 * rejected, because a page's own DNS name may resolve to this address, and so make the server part of its origin (DNS
 * rebinding).
 */

/** Which requests are accepted. */
export interface AccessRules {
  /** Pages that may do everything, by origin in lower case. Pages of loopback origins may read. */
  readonly origins: readonly string[];
  /** Names of the server besides those of loopback, in lower case. */
  readonly hosts: readonly string[];
  /**
   * Which names are the server's own: the `known` ones; these and IP addresses (`literal`); or, for a handler within another
   * server, `any`. In the last case control is still denied to names that a page's DNS could resolve to this address.
   */
  readonly names: 'known' | 'literal' | 'any';
}

/** What is known about the sender of a request. */
export interface RequestContext {
  /** Of the page, if a page sent it. */
  readonly origin: string | undefined;
  /** Whether it may change state. */
  readonly canWrite: boolean;
}

const hostSyntax = /^(\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::\d*)?$/i;
const originSyntax = /^(https?):\/\/([^/]+)$/i;

/** Throws an HttpError for a request that a page of another site may have sent. */
export function checkAccess(request: HttpRequest, rules: AccessRules, isControl: boolean): RequestContext {
  const { hosts } = request;
  if (hosts.length > 1)
    throw new HttpError(400, 'SerializationException', 'The request has more than one Host header.');
  if ((isControl || rules.names !== 'any') && !isOwnName(request, rules)) {
    throw accessDenied(
      `The host ${formatText(hosts[0] ?? '')} is not a name of this server. The option hosts adds names.`,
    );
  }
  const origin = request.header('origin');
  if (origin === undefined) {
    const site = request.header('sec-fetch-site');
    if (site === 'cross-site' || site === 'same-site') {
      throw accessDenied('Pages of other sites cannot use this server. The option origins allows their origins.');
    }
    return { origin, canWrite: true };
  }
  const isListed = rules.origins.includes(origin.toLowerCase());
  if (!isListed && !isLoopbackOrigin(origin) && !isSameOrigin(origin, request)) {
    throw accessDenied(
      `The origin ${formatText(origin)} is not allowed. Loopback origins and those of the option origins are.`,
    );
  }
  return { origin, canWrite: isListed };
}

/** The operations of AWS's APIs that only read, as `x-amz-target` names them. */
const readOperation = /^\w+\.(?:Describe|Get|List|TestEventPattern)/;

/** Throws an HttpError for an operation that changes state, if the sender may only read. */
export function checkOperation({ origin, canWrite }: RequestContext, target = ''): void {
  if (!canWrite && !readOperation.test(target)) throw pageMayNotWrite(target.slice(0, 100) || 'the API', origin);
}

export function pageMayNotWrite(what: string, origin = ''): HttpError {
  return accessDenied(
    `A page may use ${what} only if the option origins lists its origin: origins: [${formatText(origin)}].`,
  );
}

function isOwnName({ hosts: [host], isSecure }: HttpRequest, { hosts, names }: AccessRules): boolean {
  // Every browser sends one.
  if (host === undefined) return true;
  const name = hostSyntax.exec(host)?.[1]?.toLowerCase().replace(/\.$/, '');
  if (name === undefined) return false;
  if (isLoopbackName(name) || hosts.includes(name)) return true;
  if (names === 'known') return false;
  const isAddress = name.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
  return isAddress || (names === 'any' && (isSecure || !name.includes('.')));
}

export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(?:\.\d{1,3}){3}$/.test(name) ||
    /^\[?::1\]?$/.test(name)
  );
}

/** Returns the headers that let an allowed page read a response. */
export function corsHeaders(origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-amzn-requestid,x-amzn-errortype,content-length',
    vary: 'origin',
  };
}

/** Returns what a browser wants to know before it lets an allowed page send such a request. */
export function preflightHeaders(request: HttpRequest): Readonly<Record<string, string>> {
  const requested = request.header('access-control-request-headers');
  const isPrivateNetwork = request.header('access-control-request-private-network') === 'true';
  return {
    'access-control-allow-methods': 'GET,HEAD,POST,OPTIONS',
    ...(requested === undefined ? {} : { 'access-control-allow-headers': requested }),
    'access-control-max-age': '600',
    ...(isPrivateNetwork ? { 'access-control-allow-private-network': 'true' } : {}),
  };
}

function isLoopbackOrigin(origin: string): boolean {
  const name = hostSyntax.exec(originSyntax.exec(origin)?.[2] ?? '')?.[1];
  return name !== undefined && isLoopbackName(name.toLowerCase());
}

/** Over HTTPS only: a name that somebody else's DNS resolves to this address has no certificate. */
function isSameOrigin(origin: string, { isSecure, hosts: [host] }: HttpRequest): boolean {
  return isSecure && host !== undefined && origin.toLowerCase() === `https://${host.toLowerCase()}`;
}

function formatText(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
