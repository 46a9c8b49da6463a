import { endOfString } from "../sources/jsonOffsets.js";

/** Strict JSON with everything changed but its texts: what stands between those has numbers, and signs. */
export function changeOutsideTexts(json: string, change: (part: string) => string): string {
  const pieces: string[] = [];
  for (let at = 0; at < json.length; ) {
    const quote = json.indexOf('"', at);
    const start = quote === -1 ? json.length : quote;
    const end = quote === -1 ? json.length : endOfString(json, quote) + 1;
    pieces.push(change(json.slice(at, start)), json.slice(start, end));
    at = end;
  }
  return pieces.join("");
}
