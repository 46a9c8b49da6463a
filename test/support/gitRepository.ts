import { execFileSync } from "node:child_process";
import { TemporaryFolder } from "./temporaryFolder.js";

/** A real git repository in a folder of its own, untouched by this machine's configuration. */
export class GitRepository extends TemporaryFolder {
  constructor(init = true) {
    super();
    if (init) this.git("init", "--quiet", "--initial-branch=main");
  }

  git(...args: string[]): string {
    return this.gitIn(".", ...args);
  }

  gitIn(folder: string, ...args: string[]): string {
    return this.run(this.resolve(folder), {}, args);
  }

  /** An empty commit. @param time epoch milliseconds; @param worktree absolute path */
  commit(time = Date.now(), worktree = this.path, message = "a commit"): void {
    const date = `@${Math.floor(time / 1_000)} +0000`;
    const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    this.run(worktree, env, ["commit", "--quiet", "--allow-empty", "--message", message]);
  }

  /** Empty commits of now on the branch `main`, far quicker than one by one. */
  manyCommits(count: number): void {
    const commit = `commit refs/heads/main\ncommitter Test <test@example.com> now\ndata 1\nx\n`;
    this.run(this.path, {}, ["fast-import", "--quiet", "--date-format=now"], commit.repeat(count));
  }

  private run(cwd: string, env: Record<string, string>, args: string[], input = ""): string {
    return execFileSync("git", args, {
      cwd,
      encoding: "utf8",
      input,
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: this.path,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Test",
        GIT_AUTHOR_EMAIL: "test@example.com",
        GIT_COMMITTER_NAME: "Test",
        GIT_COMMITTER_EMAIL: "test@example.com",
        ...env,
      },
    });
  }
}

/** Gives a suite's tests repositories, which go with each of them. */
export function useRepositories(): (init?: boolean) => GitRepository {
  const made: GitRepository[] = [];
  afterEach(() => {
    for (const repository of made.splice(0)) repository.dispose();
  });
  return (init) => {
    const repository = new GitRepository(init);
    made.push(repository);
    return repository;
  };
}
