import { SourceError } from "./sourceError.js";

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * An address that may be asked: https, or http on this machine, without a user's name or password in it.
 * @throws SourceError where it may not, or is none
 */
export function httpAddress(text: string): URL {
  const url = parsed(text);
  if (url === null) {
    throw new SourceError(
      'this is not an address. Write it whole, such as "https://example.com/stats.json".',
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new SourceError("the address holds a user's name or password. Leave them out.");
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname))) return url;
  throw new SourceError(
    url.protocol === "http:"
      ? "http is for this machine only (localhost). Use https."
      : `the address begins with "${url.protocol}". Use https.`,
  );
}

/**
 * Where a redirect leads: the same host, and never back from https to http.
 * @param location the redirect's header
 * @throws SourceError where it leads elsewhere
 */
export function redirectAddress(from: URL, location: string | null): URL {
  const target = location === null ? null : parsed(location, from);
  if (target === null) throw new SourceError("the server redirects to nowhere.", null, true);
  if (target.hostname !== from.hostname || (target.host !== from.host && target.protocol === from.protocol)) {
    throw new SourceError(
      `the server redirects to another host (${target.host}). Use that address if you trust it.`,
    );
  }
  if (from.protocol === "https:" && target.protocol !== "https:") {
    throw new SourceError("the server redirects from https to http. Use an address that does not.");
  }
  return httpAddress(target.href);
}

function parsed(text: string, base?: URL): URL | null {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}
