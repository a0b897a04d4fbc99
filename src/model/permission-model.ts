import { namePattern } from './scalars.js';
import { boolean, requests, string, structure } from './shape.js';

const ownBusName = string(1, 256, namePattern);
const statementId = string(1, 64, '[a-zA-Z0-9-_]+');

export const permissionModel = requests({
  PutPermission: {
    EventBusName: ownBusName,
    Action: string(1, 64, 'events:[a-zA-Z]+'),
    Principal: string(1, 12, '(\\d{12}|\\*)'),
    StatementId: statementId,
    Condition: structure('Condition', { 'Type!': string(), 'Key!': string(), 'Value!': string() }),
    Policy: string(),
  },
  RemovePermission: {
    StatementId: statementId,
    RemoveAllPermissions: boolean,
    EventBusName: ownBusName,
  },
});
