import { setTimeout as pause } from 'node:timers/promises';
import { launchBrowser } from '../../tests/relay/rig.ts';
import { seededRandom } from '../../scripts/drive/fault-proxy/seeded-random.ts';
import { soakDefaults } from './defaults.ts';
import { sampleMemory, trendOf, type MemorySample, type MemoryTrend } from './memory.ts';
import { activeResources, untilNothingLeaks } from './resources.ts';
import { playRound, whole, type Round } from './round.ts';
import { Stage } from './stage.ts';
import { Witness } from './witness.ts';

export interface SoakOptions {
  seconds: number;
  /** Of all that is random here. Times are not: they depend on the machine. */
  seed: number;
  log: (text: string) => void;
}

export interface SoakOutcome {
  seed: number;
  seconds: number;
  rounds: readonly Round[];
  /** What the link tried, and how often. */
  attempts: Readonly<Record<string, number>>;
  /** How often it gave up for the time being. */
  failures: number;
  maxLegs: number;
  longestFreezeMs: number;
  memory: MemoryTrend;
}

/**
 * Breaks a link at random for as long as asked, then stops it and looks for what is left.
 *
 * @throws {Error} When the link does not come back, freezes silently, or leaves anything behind.
 */
export async function runSoak({ seconds, seed, log }: SoakOptions): Promise<SoakOutcome> {
  log(`soak: ${seconds} s, seed ${seed}`);
  const browser = await launchBrowser();
  try {
    const before = activeResources();
    const stage = await Stage.open(browser);
    const witness = new Witness(stage);
    const heard = await untilTheEnd(stage, witness, { seconds, seed, log }).catch(async (error: unknown) => {
      await witness.stop();
      for (const { runner } of stage.places) runner.bury();
      await stage.abandon();
      throw error;
    });
    await stage.close();
    await untilNothingLeaks(before);
    const { attempts, failures } = stage.chronicle;
    const { maxLegs, longestFreezeMs } = witness;
    const told = { attempts: Object.fromEntries(attempts), failures, maxLegs, longestFreezeMs };
    return { seed, seconds, ...told, ...heard };
  } finally {
    await browser.close();
  }
}

async function untilTheEnd(
  stage: Stage,
  witness: Witness,
  { seconds, seed, log }: SoakOptions,
): Promise<Pick<SoakOutcome, 'rounds' | 'memory'>> {
  const random = seededRandom(seed);
  const { restMs, memoryMs, slowMs } = soakDefaults;
  const rounds: Round[] = [];
  const samples: MemorySample[] = [];
  stage.start();
  witness.start();
  await whole(stage, witness);
  const startedAt = performance.now();
  const passedMs = (): number => performance.now() - startedAt;
  while (passedMs() < seconds * 1_000) {
    if (passedMs() - (samples.at(-1)?.minute ?? -1) * 60_000 >= memoryMs) {
      samples.push(sampleMemory(passedMs() / 60_000));
    }
    await pause(restMs.min + random() * (restMs.max - restMs.min));
    const round = await playRound(stage, witness, random);
    rounds.push(round);
    const { struckAt, fault, recoverMs, afterMs } = round;
    log(
      `${(passedMs() / 1_000).toFixed(0).padStart(6)} s  ${fault}: ${Math.round(recoverMs)} ms, ${Math.round(afterMs)} of them after the cause`,
    );
    if (afterMs > slowMs) log(stage.chronicle.story(struckAt));
  }
  samples.push(sampleMemory(passedMs() / 60_000));
  await witness.stop();
  return { rounds, memory: trendOf(samples) };
}
