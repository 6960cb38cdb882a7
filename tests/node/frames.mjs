import { readFileSync } from 'node:fs';

/** Values from a file of frames: each is preceded by its length, 4 bytes, big-endian. */
export function* frames(path) {
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    yield bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
}
