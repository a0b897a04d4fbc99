import { loadTemplate } from 'footbridge/templates';
import { expect, test } from 'footbridge/vitest';

test('the rule in template.yaml bills big orders only', async ({ bridge }) => {
  const stack = await loadTemplate(bridge, new URL('template.yaml', import.meta.url));
  const bills: number[] = [];
  stack.handle('BillFunction', (event) => bills.push(event.detail.total));

  const placed = (total: number) => ({ source: 'com.shop', detailType: 'Order Placed', detail: { total } });
  await stack.bus('OrdersBus').publish([placed(100), placed(120)]);
  await bridge.idle();

  expect(bills).toEqual([120]);
  expect(stack.queue('Unbilled').messages).toEqual([]);
  expect(stack.environment('BillFunction')).toEqual({ BUS: 'test-orders' });
});
