const POLL = 25;

export interface WaitOptions {
  /** Milliseconds; a test that waits this long has failed. */
  timeout?: number;
  /** Milliseconds between two looks. */
  interval?: number;
  /** What is waited for, in words. */
  message?: string;
}

/**
 * Waits until the condition gives something true, and returns that. An error thrown by the condition means
 * "not yet"; the last one is part of the report when time is up.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeout = 30_000, interval = POLL, message = "the condition" }: WaitOptions = {},
): Promise<NonNullable<Exclude<T, false | 0 | "">>> {
  const deadline = Date.now() + timeout;
  let reason = "";
  for (;;) {
    try {
      const value = await condition();
      if (value) return value as NonNullable<Exclude<T, false | 0 | "">>;
      reason = "";
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeout} ms in vain for ${message}${reason}`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
