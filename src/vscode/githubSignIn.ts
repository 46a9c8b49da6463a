import * as vscode from "vscode";
import type { GithubAccess } from "../core/sources/githubAccess.js";
import { GITHUB_API, isGithubHost } from "../core/sources/githubRepository.js";
import { reasonOf } from "./inWords.js";
import type { Settings } from "./settings.js";

/** What reading the commits of a private repository takes; the scope that VS Code's own git support asks for, too. */
const SCOPES = ["repo"];
/** The setting that tells VS Code of the enterprise server to sign in to. */
const ENTERPRISE_URI = "github-enterprise.uri";

/** GitHub on behalf of the user, through the sign-in that VS Code keeps. Only `signIn` ever asks the user for anything. */
export class GithubSignIn implements GithubAccess, vscode.Disposable {
  readonly signInAdvice = 'Sign in with the command "Fusion: Sign In to GitHub…".';
  private readonly signedIn = new vscode.EventEmitter<void>();

  constructor(private readonly settings: Settings) {}

  get apiUrl(): string {
    return this.settings.githubApiUrl;
  }

  async token(): Promise<string | null> {
    const provider = providerOf(this.apiUrl);
    if (provider === null) return null;
    try {
      const session = await vscode.authentication.getSession(provider, SCOPES, { silent: true });
      return session?.accessToken ?? null;
    } catch {
      // An editor without this provider has nobody signed in.
      return null;
    }
  }

  onChange(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(
      // Somebody who was signed in already, and now lets Fusion use it, is no change of sessions.
      this.signedIn.event(listener),
      vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === providerOf(this.apiUrl)) listener();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (["fusion.github.apiUrl", ENTERPRISE_URI].some((name) => event.affectsConfiguration(name)))
          listener();
      }),
    );
  }

  /** Has VS Code ask the user to sign in, and to let Fusion use it. */
  async signIn(): Promise<void> {
    const provider = providerOf(this.apiUrl);
    if (provider === null) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          'Set "github-enterprise.uri" to the address of your GitHub server first, the one that "fusion.github.apiUrl" belongs to ({0}).',
          this.apiUrl,
        ),
      );
      return;
    }
    try {
      const { account } = await vscode.authentication.getSession(provider, SCOPES, { createIfNone: true });
      this.signedIn.fire();
      void vscode.window.showInformationMessage(vscode.l10n.t("Signed in to GitHub as {0}.", account.label));
    } catch (error) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t("You are not signed in to GitHub: {0}", reasonOf(error)),
      );
    }
  }

  dispose(): void {
    this.signedIn.dispose();
  }
}

/**
 * Whose sessions are for an API: VS Code signs in to github.com, and to the one enterprise server of its own setting.
 * `null` where neither is this API's: their tokens are for others, who must not get them.
 */
function providerOf(apiUrl: string): "github" | "github-enterprise" | null {
  if (!URL.canParse(apiUrl)) return null;
  const api = new URL(apiUrl);
  if (api.origin === GITHUB_API) return "github";
  // What a workspace says does not count: it could name another server than the one that the user signed in to.
  const server = vscode.workspace.getConfiguration().inspect<unknown>(ENTERPRISE_URI)?.globalValue;
  if (typeof server !== "string" || !URL.canParse(server)) return null;
  return isGithubHost(new URL(server).hostname, api) ? "github-enterprise" : null;
}
