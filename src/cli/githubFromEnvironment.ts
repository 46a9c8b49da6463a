import type { GithubAccess } from "../core/sources/githubAccess.js";
import { GITHUB_API } from "../core/sources/githubRepository.js";

/** GitHub as the environment names it, in the two variables that GitHub's own workflows set. */
export function githubFromEnvironment({ GITHUB_API_URL, GITHUB_TOKEN }: NodeJS.ProcessEnv): GithubAccess {
  const token = GITHUB_TOKEN?.trim() || null;
  return {
    apiUrl: GITHUB_API_URL?.trim() || GITHUB_API,
    signInAdvice: "Set the environment variable GITHUB_TOKEN, and start again.",
    token: async () => token,
    onChange: () => ({ dispose: () => undefined }),
  };
}
