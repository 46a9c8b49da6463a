import { SourceError } from "./sourceError.js";

/** A repository as GitHub's API names it. */
export interface GithubRepository {
  readonly owner: string;
  readonly name: string;
}

interface RemoteLocation {
  readonly host: string;
  /** Without slashes at its ends. */
  readonly path: string;
}

export const GITHUB_API = "https://api.github.com";

/** Where GitHub's own repositories are fetched from; the last one is ssh on the port of https. */
const GITHUB_HOSTS = ["github.com", "www.github.com", "ssh.github.com"];
const SCHEMES = ["https:", "http:", "ssh:", "git:", "git+ssh:", "ssh+git:"];

/**
 * The repository that a remote stands for.
 * @param address of the remote, in any form that git takes
 * @param api address of GitHub's API
 * @throws SourceError where the remote is not on the host that the API speaks for. It never holds the address.
 */
export function githubRepository(address: string, api: URL): GithubRepository {
  const location = remoteLocation(address);
  if (location === null) {
    throw new SourceError("the remote is not on a server. Choose a remote that is on GitHub.");
  }
  const { host, path } = location;
  if (!isGithubHost(host, api)) {
    throw new SourceError(
      `the remote is on ${host}, but GitHub's API at ${api.host} is asked. An enterprise server's API is named in the settings.`,
    );
  }
  const [, owner, name] = /^([\w-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?$/.exec(path) ?? [];
  if (owner === undefined || name === undefined || /^\.{1,2}$/.test(name)) {
    throw new SourceError(
      'the remote\'s address does not end with an owner and a repository, such as "acme/widgets".',
    );
  }
  return { owner, name };
}

/**
 * Whether repositories of a host are what an API speaks for: github.com for api.github.com, HOST for https://HOST/api/v3
 * and for https://api.HOST (GitHub Enterprise Cloud with data residency).
 */
export function isGithubHost(host: string, { origin, hostname }: URL): boolean {
  return origin === GITHUB_API
    ? GITHUB_HOSTS.includes(host)
    : host === hostname || `api.${host}` === hostname;
}

/** Host and path of a remote's address: a URL, or `user@host:path` as ssh has it. `null` for a local path. */
function remoteLocation(address: string): RemoteLocation | null {
  if (address.includes("://")) {
    const url = URL.canParse(address) ? new URL(address) : null;
    return url && SCHEMES.includes(url.protocol) ? location(url.hostname, url.pathname) : null;
  }
  // As git sees it, a slash before the colon makes a path, as a single letter does on Windows; two colons follow the
  // name of a program.
  const [, host, path] = /^(?:[^@/:]*@)?([^@/:]{2,}):(?!:)(.*)$/s.exec(address) ?? [];
  return host === undefined || path === undefined ? null : location(host, path);
}

function location(host: string, path: string): RemoteLocation | null {
  if (!/^[\w.:[\]-]{1,253}$/.test(host)) return null;
  return { host: host.toLowerCase(), path: path.replace(/^\/+/, "").replace(/\/+$/, "") };
}
