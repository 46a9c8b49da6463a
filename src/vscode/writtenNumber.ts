import * as vscode from "vscode";
import { numberFormat } from "../protocol/formats.js";

/** A plain number as VS Code's language writes it: what is put into a text otherwise has no separators. */
export function writtenNumber(value: number): string {
  return numberFormat(vscode.env.language).format(value);
}
