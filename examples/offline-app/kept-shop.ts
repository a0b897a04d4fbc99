import type { Saved } from './shop.js';

const store = 'shop';

/** What `keepShop` has stored, or undefined. */
export async function readShop(): Promise<Saved | undefined> {
  return settled((await database()).transaction(store).objectStore(store).get(store));
}

/** Resolves when it is on the disk, instead of what was there before. */
export async function keepShop(saved: Saved): Promise<void> {
  const transaction = (await database()).transaction(store, 'readwrite', { durability: 'strict' });
  transaction.objectStore(store).put(saved, store);
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  if (opened === undefined) {
    const request = indexedDB.open('corner-shop');
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    opened = settled(request);
  }
  return opened;
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
