/** A request as it goes over the wire, be it one that no HTTP client would send. */
export function rawRequest({
  path,
  token,
  hosts,
  upgrade = false,
  keepAlive = false,
  extra = [],
}: {
  path: string;
  token: string;
  hosts: string[];
  upgrade?: boolean;
  keepAlive?: boolean;
  extra?: string[];
}): string {
  return [
    `GET ${path} HTTP/1.1`,
    ...hosts.map((host) => `Host: ${host}`),
    `Authorization: Bearer ${token}`,
    ...(upgrade
      ? [
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
      : [keepAlive ? "Connection: keep-alive" : "Connection: close"]),
    ...extra,
    "\r\n",
  ].join("\r\n");
}
