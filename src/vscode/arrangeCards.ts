import * as vscode from "vscode";
import { editCardOrder } from "../core/config/cardsEdit.js";
import { CONFIG_FILE } from "../core/config/configFile.js";
import { editDocument, openSoundConfig } from "./configDocument.js";
import { plainText } from "./plainText.js";

/** What became of an order: `superseded` where a later one has been asked for meanwhile, which then counts. */
export type Arranged = "saved" | "failed" | "superseded";

let asked = 0;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Puts the order of the cards into the folder's `fusion.json`, made where there is none; orders that are asked for while
 * one is written wait for it. Where it cannot be done, the user is told why.
 * @param cards ids of all cards, in their new order
 */
export function arrangeCards(folder: vscode.Uri, cards: readonly string[]): Promise<Arranged> {
  const number = ++asked;
  const done = turn.then(async (): Promise<Arranged> => {
    if (number !== asked) return "superseded";
    const saved = await arrange(folder, cards);
    return number === asked ? (saved ? "saved" : "failed") : "superseded";
  });
  turn = done;
  return done;
}

async function arrange(folder: vscode.Uri, cards: readonly string[]): Promise<boolean> {
  const config = await openSoundConfig(folder);
  if (config === null) return false;
  try {
    if (await editDocument(config, (text) => editCardOrder(text, cards))) return true;
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The cards are in their new order when you save {0}.", CONFIG_FILE),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t("The cards were not moved: {0}", plainText(reason)));
  }
  return false;
}
