import { expect, it, vi } from 'vitest';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import { DeepLinkInbox } from './deep-link-inbox.ts';

const link = 'linkspan://add-endpoint?url=wss://gpu.example/ws&name=Lab';
const quiet = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), file: '' };

function setUp() {
  const accepted: EndpointChoice[] = [];
  const asked: { proposal: EndpointChoice; answer: (agreed: boolean) => void }[] = [];
  const inbox = new DeepLinkInbox({
    confirm: (proposal) => new Promise((resolve) => asked.push({ proposal, answer: resolve })),
    accept: (endpoint) => accepted.push(endpoint),
    log: quiet,
  });
  return { inbox, accepted, asked };
}

it('S11: a link changes nothing until the user agrees', async () => {
  const { inbox, accepted, asked } = setUp();
  const received = inbox.receive(link);
  expect(asked[0]?.proposal).toEqual({ url: 'wss://gpu.example/ws', name: 'Lab' });
  expect(accepted).toEqual([]);
  asked[0]?.answer(true);
  await received;
  expect(accepted).toEqual([{ url: 'wss://gpu.example/ws', name: 'Lab' }]);
});

it('S11: a declined or foreign link changes nothing, and the next one is asked about', async () => {
  const { inbox, accepted, asked } = setUp();
  const received = inbox.receive(link);
  asked[0]?.answer(false);
  await received;
  await inbox.receive('linkspan://format-disk');
  expect(accepted).toEqual([]);
  void inbox.receive(link);
  expect(asked).toHaveLength(2);
});

it('S11: while one link is being asked about, others are dropped', async () => {
  const { inbox, asked } = setUp();
  void inbox.receive(link);
  await inbox.receive(link);
  await inbox.receive(link);
  expect(asked).toHaveLength(1);
});
