import type { RecoveryKey } from '../../../shared/link/recovery-settings.ts';

export interface RecoveryField {
  key: RecoveryKey;
  label: string;
  hint: string;
  /** Times are kept in milliseconds and shown in seconds. */
  unit: 's' | '';
}

/** The numbers of detection and recovery in words, in the order in which they come into play. */
export const recoveryFields: readonly { title: string; fields: readonly RecoveryField[] }[] = [
  {
    title: 'Noticing a loss',
    fields: [
      {
        key: 'pingIntervalMs',
        label: 'Ping every',
        hint: 'How often the runner is asked for a sign of life.',
        unit: 's',
      },
      {
        key: 'livenessMs',
        label: 'Lost after silence of',
        hint: 'A connection on which nothing arrives for so long is given up.',
        unit: 's',
      },
      {
        key: 'mediaSilenceMs',
        label: 'Stalled without a picture for',
        hint: 'A second video connection is set up then.',
        unit: 's',
      },
      {
        key: 'dialMs',
        label: 'Time to connect',
        hint: 'For network, encryption and the runner’s answer together.',
        unit: 's',
      },
    ],
  },
  {
    title: 'Mending it',
    fields: [
      {
        key: 'attempts',
        label: 'Attempts of each kind',
        hint: 'Resuming, setting up video, a new session, another runner.',
        unit: '',
      },
      {
        key: 'episodeMs',
        label: 'Give up after',
        hint: 'However many attempts are left. A runner that is starting does not count.',
        unit: 's',
      },
      {
        key: 'slowRetryMs',
        label: 'Then try again every',
        hint: 'After giving up, for as long as the app streams.',
        unit: 's',
      },
      {
        key: 'stableMs',
        label: 'Steady after',
        hint: 'A link that lasts so long has all its attempts again.',
        unit: 's',
      },
    ],
  },
];
