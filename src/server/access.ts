import { HttpError, type HttpRequest } from './http-message.js';

/*
 * A server on loopback is open to every page in the browser of the same machine. What keeps other sites' pages out:
 * their Origin is refused, and where a page can do without one, Sec-Fetch-Site; and a name that is not this server's is
 * refused, because a stranger's DNS may point it here and so make a page of his the server's own (DNS rebinding).
 */

/** Whom a server answers. */
export interface AccessRules {
  /** Pages that may do everything, by origin in lower case; those of loopback may read, and call the API. */
  readonly origins: readonly string[];
  /** Names the server has beside those of loopback, in lower case. */
  readonly hosts: readonly string[];
  /**
   * Which names are its own: `known` ones, IP addresses too (`literal`), or, for a handler that another server calls,
   * whatever that one is asked by (`any`), where only what a stranger's DNS could have pointed here is kept from control.
   */
  readonly names: 'known' | 'literal' | 'any';
}

/** What is known of who asks. */
export interface RequestContext {
  /** Of the page, if it is one. */
  readonly origin: string | undefined;
  /** Whether it may use what changes the state by other ways than AWS's. */
  readonly mayChange: boolean;
}

const hostShape = /^(\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::\d*)?$/i;
const originShape = /^(https?):\/\/([^/]+)$/i;

/** Throws an HttpRefusal for a request that a page of another site may be behind. */
export function checkAccess(request: HttpRequest, rules: AccessRules, isControl: boolean): RequestContext {
  if ((isControl || rules.names !== 'any') && !isOwnName(request, rules)) {
    throw forbidden(
      `The host ${formatText(request.host ?? '')} is no name of this server; those of the option hosts are.`,
    );
  }
  const origin = request.header('origin');
  if (origin === undefined) {
    const site = request.header('sec-fetch-site');
    if (site === 'cross-site' || site === 'same-site') throw forbidden('A page of another site cannot ask here.');
    return { origin, mayChange: true };
  }
  const isNamed = rules.origins.includes(origin.toLowerCase());
  if (!isNamed && !isLoopbackOrigin(origin) && !isSameOrigin(origin, request)) {
    throw forbidden(
      `The origin ${formatText(origin)} is not answered; those of loopback are, and those of the option origins.`,
    );
  }
  return { origin, mayChange: isNamed };
}

function isOwnName({ host, isSecure }: HttpRequest, { hosts, names }: AccessRules): boolean {
  // Every browser says it.
  if (host === undefined) return true;
  const name = hostShape.exec(host)?.[1]?.toLowerCase().replace(/\.$/, '');
  if (name === undefined) return false;
  if (isLoopbackName(name) || hosts.includes(name)) return true;
  if (names === 'known') return false;
  const isLiteral = name.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
  return isLiteral || (names === 'any' && (isSecure || !name.includes('.')));
}

export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(?:\.\d{1,3}){3}$/.test(name) ||
    /^\[?::1\]?$/.test(name)
  );
}

/** What lets an allowed page read an answer. */
export function corsHeaders(origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-amzn-requestid,x-amzn-errortype,content-length',
    vary: 'origin',
  };
}

/** What a browser asks before it lets an allowed page send a request of this kind. */
export function preflightHeaders(request: HttpRequest): Readonly<Record<string, string>> {
  const asked = request.header('access-control-request-headers');
  const isNear = request.header('access-control-request-private-network') === 'true';
  return {
    'access-control-allow-methods': 'GET,HEAD,POST,OPTIONS',
    ...(asked === undefined ? {} : { 'access-control-allow-headers': asked }),
    'access-control-max-age': '600',
    ...(isNear ? { 'access-control-allow-private-network': 'true' } : {}),
  };
}

function isLoopbackOrigin(origin: string): boolean {
  const name = hostShape.exec(originShape.exec(origin)?.[2] ?? '')?.[1];
  return name !== undefined && isLoopbackName(name.toLowerCase());
}

/** Only over HTTPS: a name that was pointed here by a stranger has no certificate. */
function isSameOrigin(origin: string, { isSecure, host }: HttpRequest): boolean {
  return isSecure && host !== undefined && origin.toLowerCase() === `https://${host.toLowerCase()}`;
}

function formatText(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

function forbidden(message: string): HttpError {
  return new HttpError(403, 'AccessDeniedException', message);
}
