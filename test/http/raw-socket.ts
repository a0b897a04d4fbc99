import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A socket of TCP, for what no client would send. */
export async function openSocket(url: string) {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  let received = '';
  let wake = () => {};
  socket.on('data', (part) => {
    received += part.toString('utf8');
    wake();
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', () => resolve());
  });
  return {
    socket,
    /** Resolves when either side has closed it. */
    closed,
    /** Resolves with everything received when it contains a text. */
    until: async (text: string): Promise<string> => {
      while (!received.includes(text)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return received;
    },
  };
}
