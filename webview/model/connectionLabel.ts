import * as l10n from "@vscode/l10n";
import type { ConnectionState } from "../../src/protocol/freshness.js";

export function connectionLabel(state: ConnectionState): string {
  switch (state) {
    case "connecting":
      return l10n.t("Connecting");
    case "connected":
      return l10n.t("Live");
    case "stale":
      return l10n.t("Stale");
    case "disconnected":
      return l10n.t("Disconnected");
    case "error":
      return l10n.t("Error");
  }
}
