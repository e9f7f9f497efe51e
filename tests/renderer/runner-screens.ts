import type { Page } from 'playwright';
import type { FakeOptions } from './fake-options.ts';

/** A state of the page, and how to get there. */
export interface Screen {
  name: string;
  options?: Partial<FakeOptions>;
  reach: (page: Page) => Promise<unknown>;
}

const foundRunners = [
  { url: 'ws://127.0.0.1:8765/ws', id: 'found', version: '1.0.0', slots: { total: 1, free: 1 } },
];

/** What the tab of the runners can look like. */
export const runnerScreens: Screen[] = [
  {
    name: 'runners, with one that was found, one that failed and one that is being added',
    options: { foundRunners },
    reach: async (page) => {
      await page.getByTestId('tab-endpoint').click();
      await page.getByTestId('found-runner').waitFor();
      await page.getByTestId('runner-test').click();
      await page.getByTestId('runner-result').getByText('Nothing is listening').waitFor();
      await page.getByTestId('runner-add').click();
      await page.getByTestId('endpoint-url').fill('http://gpu-box:8443');
    },
  },
  {
    name: 'runners, with one that is about to go',
    options: {
      info: { endpoint: { name: 'gpu', url: 'wss://gpu.example/ws', hasToken: true, offered: false } },
    },
    reach: async (page) => {
      await page.getByTestId('tab-endpoint').click();
      await page.getByTestId('runner-remove').click();
      await page.getByTestId('runner-remove-confirm').waitFor();
    },
  },
  {
    name: 'endpoint, refused',
    reach: async (page) => {
      await page.getByTestId('tab-endpoint').click();
      await page.getByTestId('runner-edit').click();
      await page.getByTestId('endpoint-test').click();
      await page.getByTestId('endpoint-refused').waitFor();
    },
  },
];
