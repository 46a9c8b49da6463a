/** Bytes of one message or polling request: all that clients send is small. */
export const MAX_MESSAGE_BYTES = 64 * 1_024;
