import { GITHUB_API } from "../core/sources/githubRepository.js";
import { DEFAULT_INTERVAL_MINUTES } from "../protocol/interval.js";
import { type Command, DEFAULT_EXPIRY, DEFAULT_NAME, DEFAULT_PORT } from "./arguments.js";

/** The help of a command; the general one for `null`. */
export function helpText(command: Command | null): string {
  return command === null ? GENERAL : HELP[command];
}

const GENERAL = `fusion-stream: a folder's metrics as a live stream, without VS Code

Usage
  fusion-stream serve <folder>    watch a folder's data files and serve their values
  fusion-stream token <folder>    print a token that lets a client in, or revoke one
  fusion-stream tokens <folder>   list the tokens that were made
  fusion-stream <command> --help  all about a command
  fusion-stream --version

It reads the same data files and the same fusion.json as the Fusion Data Stream extension, and sends a
snapshot whenever one of them changes. Only programs on this machine can connect.

Example: start the stream, then read it from a second terminal
  fusion-stream serve .
  curl -H "Authorization: Bearer $(fusion-stream token .)" http://127.0.0.1:${DEFAULT_PORT}/api/fusion/stream

Exit codes
  0  done, or stopped by Ctrl+C    1  it could not be done    2  it was asked for wrongly
`;

const HELP: Readonly<Record<Command, string>> = {
  serve: `Watches a folder's data files and serves their values over HTTP and Socket.IO until it is stopped.

Usage
  fusion-stream serve <folder> [options]

Options
  --port <number>       where to listen on 127.0.0.1 (default ${DEFAULT_PORT}); the next free port where it is
                        taken, any free one for 0
  --interval <minutes>  time between two snapshots though nothing changed, 3 to 10 (default ${DEFAULT_INTERVAL_MINUTES})
  --auth token|none     token: clients need one from "fusion-stream token" (default)
                        none: every program on this machine may read the stream and control it
  --allow-origin <url>  web pages that may connect, such as http://localhost:5173, beside those of
                        localhost:3000, 3001 and 4000; may be given several times
  -h, --help

Environment
  GITHUB_TOKEN          a token to count the commits of private repositories on GitHub with; public ones
                        need none, but are then asked about less often
  GITHUB_API_URL        where GitHub's API is (default ${GITHUB_API}); https://HOST/api/v3 for an
                        enterprise server

The first line that begins with "http://" is the address. Ctrl+C stops the stream.

Examples
  fusion-stream serve .
  fusion-stream serve ~/dashboard --port 0 --interval 3

A client in JavaScript
  import { io } from "socket.io-client";
  const socket = io("http://127.0.0.1:${DEFAULT_PORT}", { auth: { token: process.env.FUSION_TOKEN } });
  socket.on("fusionUpdate", (snapshot) => console.log(snapshot.revenue));

Addresses to ask
  /api/fusion/stream          the newest snapshot
  /api/fusion/health          which data files are there
  /api/fusion/emitter/health  the stream's own state
`,
  token: `Prints a token for the stream of a folder, running or not. Keep it as you keep a password.

Usage
  fusion-stream token <folder> [options]
  fusion-stream token <folder> --revoke <name or id>
  fusion-stream token <folder> --revoke-all

Options
  --name <text>                 what it is called in the list of tokens (default ${DEFAULT_NAME})
  --scope read|refresh|control  what its holder may do: read the stream (default), also ask for a new
                                snapshot, also change the interval
  --metrics <ids>               the only metrics its holder gets to see, such as revenue,memos (default all)
  --expires <time>              how long it is valid: 90s, 30m, 12h, 30d or 8w (default ${DEFAULT_EXPIRY})
  --revoke <name or id>         end a token, or all of one name; whoever uses it is disconnected at once
  --revoke-all                  end every token that was made so far, and begin with a new key
  -h, --help

Examples
  fusion-stream token .
  fusion-stream token ~/dashboard --name "Wall display" --metrics revenue,memos --expires 12h
  fusion-stream token ~/dashboard --revoke "Wall display"
  curl -H "Authorization: Bearer $(fusion-stream token .)" http://127.0.0.1:${DEFAULT_PORT}/api/fusion/stream

Keys and the list of tokens, not the tokens themselves, lie in your own state folder, where only your account
can read them:
  Linux    \${XDG_STATE_HOME:-~/.local/state}/fusion-data-stream/keys
  macOS    ~/Library/Application Support/fusion-data-stream/keys
  Windows  %LOCALAPPDATA%\\fusion-data-stream\\keys
`,
  tokens: `Lists the tokens of a folder that have not expired: name, id, scope, metrics, when each was made, when it
expires and when it was last used. It does not show the tokens themselves: nobody keeps them.

Usage
  fusion-stream tokens <folder>

Options
  -h, --help

Example
  fusion-stream tokens .
`,
};
