/** Events of the default namespace, encoded once for every client that gets the same. */

/** One event or several, in their order. */
export interface EncodedEvents {
  /** Socket.IO packets, one an event. */
  readonly packets: readonly string[];
  /** All of them as WebSocket messages, one behind the other. */
  readonly frames: Buffer;
}

/** An event of the default namespace: https://socket.io/docs/v4/socket-io-protocol/#event-packet */
export function encodeEvent(name: string, payload: object): EncodedEvents {
  const packet = `2${JSON.stringify([name, payload])}`;
  return { packets: [packet], frames: messageFrame(packet) };
}

export function joinEvents(events: readonly EncodedEvents[]): EncodedEvents {
  const [only, ...others] = events;
  if (only && others.length === 0) return only;
  return {
    packets: events.flatMap(({ packets }) => packets),
    frames: Buffer.concat(events.map(({ frames }) => frames)),
  };
}

/** Final and text (RFC 6455 §5.2). */
const FIN_TEXT = 0x81;
/** Longer payloads have their length in 2 bytes more, and in 8 from 65,536 on. */
const MAX_SHORT_LENGTH = 125;
const MAX_MIDDLE_LENGTH = 0xffff;

/** An unmasked WebSocket message with an Engine.IO packet of type 4, "message". */
function messageFrame(packet: string): Buffer {
  const length = 1 + Buffer.byteLength(packet);
  const head = length <= MAX_SHORT_LENGTH ? 2 : length <= MAX_MIDDLE_LENGTH ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(head + length);
  frame[0] = FIN_TEXT;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write("4", head);
  frame.write(packet, head + 1);
  return frame;
}
