import { type Bridge, createBridge, type Operations, sequentialIds, virtualClock } from '../../src/index.js';

type Create = Operations['CreateConnection']['input'];

export const start = new Date('2026-01-02T03:04:05Z');
const unique = '00000000-0000-0000-0000-000000000001';
export const ConnectionArn = `arn:aws:events:us-east-1:123456789012:connection/shop/${unique}`;
export const SecretArn = `arn:aws:secretsmanager:us-east-1:123456789012:secret:events!connection/shop/${unique}-000001`;

export const basic: Create = {
  Name: 'shop',
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'secret-1' } },
};
export const apiKey: Create = {
  Name: 'shop',
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'secret-2' } },
};
export const oAuth: Create = {
  Name: 'shop',
  AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
  AuthParameters: {
    OAuthParameters: {
      ClientParameters: { ClientID: 'client', ClientSecret: 'secret-3' },
      AuthorizationEndpoint: 'https://shop.example/token',
      HttpMethod: 'POST',
      OAuthHttpParameters: { BodyParameters: [{ Key: 'scope', Value: 'all' }] },
    },
  },
};

/** A bridge whose ids count up, at `start` if its clock says nothing else. */
export function bridgeAt(clock = virtualClock(start.toISOString())): Bridge {
  return createBridge({ clock, ids: sequentialIds() });
}
