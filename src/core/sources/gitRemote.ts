import { runGit } from "./gitCommand.js";
import { SourceError } from "./sourceError.js";

/**
 * The address that a remote is fetched from, as git itself understands it: with the user's `url.<base>.insteadOf`
 * applied. It may hold a password: it is nothing for a message or a log.
 * @param folder absolute path of a folder in the repository
 * @param remote the remote's name
 * @throws SourceError where there is no git, no repository or no such remote; the signal's reason once it aborts
 */
export async function remoteAddress(folder: string, remote: string, signal?: AbortSignal): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(folder, ["remote", "get-url", "--", remote], signal);
  const [address = ""] = stdout.split(/\r?\n/, 1);
  if (exitCode === 0 && address !== "") return address;
  if (stderr.includes("not a git repository")) {
    throw new SourceError("the workspace folder is in no git repository.");
  }
  if (stderr.includes("dubious ownership")) {
    throw new SourceError(
      'the repository belongs to another user, so git does not read it. Allow it with "git config --global --add safe.directory" and its path.',
      null,
      true,
    );
  }
  throw new SourceError(`there is no remote "${remote}". "git remote" lists those that are there.`);
}
