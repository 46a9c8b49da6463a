import type { FolderAlerts, FolderStream } from "../server/ownership/ports.js";
import type { ActiveFolder } from "./activeFolder.js";
import type { Privacy } from "./privacy.js";
import type { ServerHost } from "./serverHost.js";
import type { Settings } from "./settings.js";

export type SidebarViewName = "metrics" | "sources";

/** What the side bar tells of. */
export interface SidebarParts {
  readonly stream: Pick<FolderStream, "latest" | "sourceFigures" | "onSnapshot" | "onStatus">;
  readonly alerts: Pick<FolderAlerts, "list" | "onList">;
  readonly activeFolder: Pick<ActiveFolder, "folder" | "decided" | "onChange">;
  /** Settles when it is known which process has the active folder's stream. */
  readonly seated: () => Promise<void>;
  readonly server: Pick<ServerHost, "answers" | "onChange">;
  readonly settings: Pick<Settings, "staleAfterMinutes" | "onChange">;
  readonly privacy: Pick<Privacy, "isOn" | "onChange">;
}
