import { userCheckMs } from './defaults.ts';

/** Whether a user may use this runner; `unavailable` when whoever decides that does not answer. */
export type Admission = 'admitted' | 'denied' | 'unavailable';

/** What the operator's service is told about who wants to come in. */
export interface UserQuestion {
  user_id: string;
  /** Null for a client that speaks HTTP only. */
  connection_id: string | null;
  /** The client's network address. */
  address: string;
}

/**
 * Asks the operator's service whether a user may use this runner: POST, JSON. 2xx admits, 401, 403 and 404
 * deny; everything else, and no answer in time, leaves it open: the client is to try again later, because a
 * service that is down must not tell users for good that they have no access.
 */
export async function checkUser(
  url: string,
  question: UserQuestion,
  report: (problem: unknown) => void,
): Promise<Admission> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
      redirect: 'error',
      signal: AbortSignal.timeout(userCheckMs),
    });
    await response.body?.cancel();
    if (response.ok) return 'admitted';
    if ([401, 403, 404].includes(response.status)) return 'denied';
    report(new Error(`the user check answered ${response.status}`));
  } catch (error) {
    report(error);
  }
  return 'unavailable';
}
