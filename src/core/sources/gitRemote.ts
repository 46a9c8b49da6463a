import { runGit } from "./gitCommand.js";
import { ownershipError } from "./gitOwnership.js";
import { SourceError } from "./sourceError.js";

/**
 * The address that a remote is fetched from, as git itself understands it: with the user's `url.<base>.insteadOf`
 * applied. It may hold a password: it is nothing for a message or a log.
 * @param folder absolute path of a folder in the repository
 * @param remote the remote's name
 * @throws SourceError where there is no git, no repository or no such remote
 */
export async function remoteAddress(folder: string, remote: string): Promise<string> {
  const result = await runGit(folder, ["remote", "get-url", "--", remote]);
  const { exitCode, stdout, stderr } = result;
  const [address = ""] = stdout.split(/\r?\n/, 1);
  if (exitCode === 0 && address !== "") return address;
  if (stderr.includes("not a git repository")) {
    throw new SourceError("the workspace folder is in no git repository.");
  }
  const foreign = ownershipError(result);
  if (foreign) throw foreign;
  throw new SourceError(`there is no remote "${remote}". "git remote" lists those that are there.`);
}
