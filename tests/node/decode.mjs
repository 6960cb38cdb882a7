// Decodes Kafka values with avsc, a reader that is not ours, and the schemas that the registry gives for the ids in them.
//   node decode.mjs REGISTRY_URL FRAMES OUTPUT FIELD[,FIELD...]
// Every value must be one complete datum, and must be the bytes that avsc itself would write for it. OUTPUT gets one JSON array of
// the named fields a line, in the order of the frames. Prints a summary as JSON.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import avro from 'avsc';
import { frames } from './frames.mjs';

const [registry, input, output, names] = process.argv.slice(2);
if (!names) {
  console.error('usage: node decode.mjs REGISTRY_URL FRAMES OUTPUT FIELD[,FIELD...]');
  process.exit(64);
}

const types = new Map();
async function typeOf(id) {
  if (!types.has(id)) {
    const answer = await fetch(`${registry}/schemas/ids/${id}`);
    if (!answer.ok) throw new Error(`registry: ${answer.status} for schema ${id}`);
    types.set(id, avro.Type.forSchema(JSON.parse((await answer.json()).schema)));
  }
  return types.get(id);
}

const fields = names.split(',');
const out = createWriteStream(output);
const counts = {};
let values = 0;
let different = 0;
let bytes = 0;
for (const frame of frames(input)) {
  if (frame[0] !== 0) throw new Error(`value ${values} does not start with the magic byte`);
  const type = await typeOf(frame.readInt32BE(1));
  const datum = frame.subarray(5);
  const record = type.fromBuffer(datum); // throws on bytes that are left over
  if (!type.toBuffer(record).equals(datum)) different++;
  counts[type.name] = (counts[type.name] ?? 0) + 1;
  values++;
  bytes += frame.length;
  if (!out.write(JSON.stringify(fields.map((field) => record[field] ?? null)) + '\n')) await once(out, 'drain');
}
out.end();
await once(out, 'finish');
console.log(JSON.stringify({ values, bytes, different, schemas: types.size, records: counts }));
