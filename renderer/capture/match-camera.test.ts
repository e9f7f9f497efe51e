import { describe, expect, it } from 'vitest';
import { matchCamera } from './match-camera.ts';

const front = { deviceId: 'a', label: 'Front' };
const desk = { deviceId: 'b', label: 'Desk' };

describe('matchCamera', () => {
  it('finds a camera by its id before its label', () => {
    expect(matchCamera({ deviceId: 'b', label: 'Front' }, [front, desk])).toBe(desk);
  });

  it('finds a camera whose id has changed by its label', () => {
    expect(matchCamera({ deviceId: 'old', label: 'Desk' }, [front, desk])).toBe(desk);
  });

  it('takes no other camera in place of the one that was chosen', () => {
    expect(matchCamera({ deviceId: 'old', label: 'Stage' }, [front, desk])).toBeNull();
    expect(matchCamera({ deviceId: 'old', label: '' }, [{ deviceId: 'c', label: '' }])).toBeNull();
  });

  it('takes the first when none was chosen yet', () => {
    expect(matchCamera({ deviceId: '', label: '' }, [front, desk])).toBe(front);
    expect(matchCamera({ deviceId: '', label: '' }, [])).toBeNull();
  });
});
