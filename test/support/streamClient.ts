import * as vscode from "vscode";
import type { Alert } from "../../src/protocol/alerts.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { waitFor } from "./waitFor.js";

/** A program that reads the stream with the address and the token that the command copies. */
export class StreamClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Copies the connection as a user does, taking the first answer of each pick list. */
  static async connect(): Promise<StreamClient> {
    await vscode.env.clipboard.writeText("");
    let asks = false;
    const ask = async () => {
      asks = true;
      await vscode.commands.executeCommand("fusion.copyConnection");
      asks = false;
    };
    const [url = "", token = ""] = await waitFor(
      async () => {
        const text = await vscode.env.clipboard.readText();
        if (text.startsWith("http")) return text.trim().split("\n");
        // A list that loses the focus closes without an answer.
        if (!asks) void ask();
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return false;
      },
      { timeout: 50_000, message: "the connection in the clipboard" },
    );
    return new StreamClient(url, token);
  }

  /** The newest snapshot; to ask for it collects nothing. */
  snapshot(): Promise<Snapshot> {
    return this.get("stream");
  }

  /** Alerts that fire, the most urgent first, then those that are over. */
  alerts(): Promise<readonly Alert[]> {
    return this.get("alerts");
  }

  private async get<T>(route: string): Promise<T> {
    const answer = await fetch(`${this.url}/api/fusion/${route}`, {
      headers: { Authorization: `Bearer ${this.token}` },
    });
    const { data } = (await answer.json()) as { readonly data: T };
    return data;
  }
}
