import dns from 'node:dns';
import net from 'node:net';
import { vi } from 'vitest';

/** From now on every try to reach a network throws. The SDK's remark about the age of this Node is not printed. */
export function forbidNetwork(): void {
  const forbidden = (): never => {
    throw new Error('A test tried to reach the network.');
  };
  vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(forbidden);
  vi.spyOn(dns, 'lookup').mockImplementation(forbidden as never);
  vi.spyOn(dns.promises, 'lookup').mockImplementation(forbidden);
  vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
}
