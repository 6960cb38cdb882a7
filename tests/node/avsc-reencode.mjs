// Reads and writes values anew with avsc: node avsc-reencode.mjs DIRECTORY
// For every N.bin (values of N.avsc, each behind its length, four bytes big endian) writes N.avsc-out in the same form.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSchema } from './avro-long.mjs';

const [directory] = process.argv.slice(2);
if (!directory) {
  console.error('usage: node avsc-reencode.mjs DIRECTORY');
  process.exit(64);
}

// Without logical types, so that every long is one that reads BigInt, and without defaults, which JSON.parse rounds.
const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];
const plain = (node) => {
  if (Array.isArray(node)) return node.map(plain);
  if (node === null || typeof node !== 'object') return node;
  if (primitives.includes(node.type) && !node.name) return node.type;
  const { logicalType, default: ignored, ...rest } = node;
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, plain(value)]));
};

for (const name of readdirSync(directory).filter((file) => file.endsWith('.bin'))) {
  const path = join(directory, name.slice(0, -'.bin'.length));
  const type = parseSchema(plain(JSON.parse(readFileSync(`${path}.avsc`, 'utf8'))), { wrapUnions: 'always' });
  const data = readFileSync(`${path}.bin`);
  const out = [];
  for (let at = 0; at < data.length; ) {
    const length = data.readUInt32BE(at);
    const again = type.toBuffer(type.fromBuffer(data.subarray(at + 4, at + 4 + length)));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(again.length);
    out.push(size, again);
    at += 4 + length;
  }
  writeFileSync(`${path}.avsc-out`, Buffer.concat(out));
}
