import { existsSync, readFileSync } from "node:fs";

const FIRST_ALLOWED = "/proc/sys/net/ipv4/ip_unprivileged_port_start";

/** A port that systems keep for the administrator. */
export const LOW_PORT = 80;

/** Whether this system keeps the low port from an ordinary account. */
export function isLowPortForbidden(): boolean {
  return existsSync(FIRST_ALLOWED) && Number(readFileSync(FIRST_ALLOWED, "utf8")) > LOW_PORT;
}

/** To the administrator no port is forbidden, unless it gives up that right; for any other account nothing. */
export function withoutLowPorts(): string[] {
  const isAdministrator = process.geteuid?.() === 0;
  return isAdministrator
    ? ["setpriv", "--bounding-set=-net_bind_service", "--inh-caps=-net_bind_service"]
    : [];
}
