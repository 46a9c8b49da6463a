import type { Disposable } from "../disposable.js";

/** How GitHub is asked: where, and on whose behalf. */
export interface GithubAccess {
  /** Address of the REST API, such as "https://api.github.com" or "https://HOST/api/v3"; the user's to choose, nobody else's. */
  readonly apiUrl: string;
  /** What to do to be signed in, as a sentence. */
  readonly signInAdvice: string;
  /** The token to ask with; `null` where nobody is signed in. Asks nobody for anything, and never rejects. */
  token(): Promise<string | null>;
  /** Calls when the address or the token may be another one. */
  onChange(listener: () => void): Disposable;
}
