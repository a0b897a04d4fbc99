import { watchFrames } from './frame-meter.js';
import { keepShop, readShop } from './kept-shop.js';
import { type Order, openShop, type Shop } from './shop.js';

const keepEvery = 1000;
const partSize = 200;
const byId = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;

await untilNoOtherTab();
const shop = await open();
let drawnOrders = -1;
let keptOrders = -1;
let isKeeping = false;

draw();
byId<HTMLFormElement>('form').addEventListener('submit', placeOne);
byId('many').addEventListener('click', placeMany);
byId('place').removeAttribute('disabled');
byId('many').removeAttribute('disabled');
await shop.delivered();
await keep();
setInterval(keep, keepEvery);
document.addEventListener('visibilitychange', keep);
await workOffline();

/** Two tabs would store over each other, so this one waits for the lock, and holds it for as long as it lives. */
function untilNoOtherTab(): Promise<void> {
  return new Promise((resolve) => {
    void navigator.locks.request('corner-shop', () => {
      resolve();
      return new Promise(() => {});
    });
  });
}

/** What cannot be read any more stays where it is, and the shop does not open. */
async function open(): Promise<Shop> {
  try {
    return await openShop(await readShop());
  } catch (error) {
    show('result', `What was kept cannot be read, and is left as it is. ${error}`);
    throw error;
  }
}

async function placeOne(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const form = new FormData(event.target as HTMLFormElement);
  await shop.place([{ item: String(form.get('item')), total: Number(form.get('total')) }]);
  await shop.delivered();
  await keep();
}

async function placeMany(): Promise<void> {
  byId('many').setAttribute('disabled', '');
  const orders = Array.from({ length: 10_000 }, (_, i): Order => ({ item: `Umbrella ${i + 1}`, total: i % 200 }));
  const start = performance.now();
  const end = watchFrames();
  // Publishing checks what it is given in one go. In parts it leaves the page time to draw.
  for (let i = 0; i < orders.length; i += partSize) await shop.place(orders.slice(i, i + partSize));
  await shop.delivered();
  const { frames, longestGap } = end();
  const took = Math.round(performance.now() - start);
  await keep();
  show('result', `Delivered in ${took} ms. The page drew ${frames} frames meanwhile, at most ${longestGap} ms apart.`);
  byId('many').removeAttribute('disabled');
}

async function keep(): Promise<void> {
  const { orders } = shop.figures;
  if (isKeeping || orders === keptOrders) return;
  isKeeping = true;
  try {
    await keepShop(shop.save());
    keptOrders = orders;
    show('kept', `${orders.toLocaleString()} ${orders === 1 ? 'order' : 'orders'} kept`);
    byId('kept').classList.add('good');
  } catch (error) {
    show('kept', `Not kept: ${error}`);
    byId('kept').classList.remove('good');
  }
  isKeeping = false;
}

/** The service worker answers with these files when the network does not. */
async function workOffline(): Promise<void> {
  await navigator.serviceWorker.register('./service-worker.js');
  const cache = await caches.open('corner-shop');
  await cache.addAll(['./', ...performance.getEntriesByType('resource').map(({ name }) => name)]);
  show('ready', 'Works offline');
}

function draw(): void {
  const { orders, turnover, big, latest } = shop.figures;
  show('orders', orders.toLocaleString());
  show('turnover', turnover.toLocaleString());
  show('big', big.toLocaleString());
  show('outbox', shop.toBeSent().toLocaleString());
  if (orders !== drawnOrders) byId('latest').replaceChildren(...latest.map(line));
  drawnOrders = orders;
  requestAnimationFrame(draw);
}

function line({ item, total }: Order): HTMLLIElement {
  const row = document.createElement('li');
  row.classList.toggle('big', total > 100);
  const price = document.createElement('span');
  price.textContent = total.toLocaleString();
  row.append(item, price);
  return row;
}

function show(id: string, text: string): void {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}
