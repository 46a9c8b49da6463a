import { chmodSync, readdirSync } from "node:fs";
import { delimiter } from "node:path";
import { TemporaryFolder } from "./temporaryFolder.js";

/** A git that never answers what Fusion asks; whoever else asks is told that there is no repository. */
export class HangingGit {
  private readonly folder = new TemporaryFolder();
  private readonly started = new TemporaryFolder();

  constructor() {
    const asked = 'case "$*" in *core.fsmonitor=false*) ;; *) exit 128 ;; esac';
    const hang = `: > "${this.started.path}/$$"\nexec sleep 600`;
    this.folder.write({ git: `#!/bin/sh\n${asked}\n${hang}\n` });
    chmodSync(this.folder.resolve("git"), 0o755);
  }

  /** To be added to the environment of the program that is to find it. */
  get env(): { readonly PATH: string } {
    return { PATH: `${this.folder.path}${delimiter}${process.env.PATH}` };
  }

  /** Ids of those that run now. */
  running(): number[] {
    return readdirSync(this.started.path).map(Number).filter(isRunning);
  }

  dispose(): void {
    for (const pid of this.running()) process.kill(pid, "SIGKILL");
    this.folder.dispose();
    this.started.dispose();
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
