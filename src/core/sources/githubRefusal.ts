import { SourceError } from "./sourceError.js";

/** GitHub does not give what it was asked for. */
export class GithubRefusal extends SourceError {}

/** The repository has no commit yet. */
export class EmptyRepositoryError extends SourceError {}

/**
 * Why GitHub gives no commits, and what to do about it; `null` where it gives some.
 * @param repository as a message names it, such as "acme/widgets"
 * @param signInAdvice what to do to be signed in; `null` for who is
 */
export function githubRefusal(
  { status, headers }: Response,
  repository: string,
  signInAdvice: string | null,
): SourceError | null {
  const reason = REASONS[status]?.(repository, signInAdvice);
  if (status === 409) return new EmptyRepositoryError(`${repository} has no commits yet.`, null, true);
  if (status === 403 && headers.get("x-github-sso")?.startsWith("required") === true) {
    return new GithubRefusal(
      `the organization of ${repository} wants single sign-on. Authorize this sign-in for it on GitHub, under Settings, Applications.`,
      null,
      true,
    );
  }
  return reason === undefined ? null : new GithubRefusal(reason, null, true);
}

type Reason = (repository: string, signInAdvice: string | null) => string;

/** GitHub says 404 of what the one who asks may not see, so that nobody learns of it (its "Troubleshooting the REST API"). */
const REASONS: Readonly<Record<number, Reason>> = {
  401: (_, advice) =>
    advice === null
      ? "GitHub no longer takes this sign-in (HTTP 401). Sign out of GitHub, and sign in again."
      : `GitHub wants to know who asks (HTTP 401). ${advice}`,
  403: (repository, advice) =>
    `GitHub refuses to show ${repository} (HTTP 403). ${advice ?? "See whether your account may read it."}`,
  404: (repository, advice) =>
    advice === null
      ? `there is no ${repository} on GitHub, or your account may not see it (HTTP 404). Check the remote's address with "git remote -v".`
      : `${repository} is private or not there (HTTP 404). ${advice}`,
};
