// Object container files through avsc, a reader and writer that is not ours.
//   node avsc-container.mjs read FILE              one object a line, in Avro's JSON encoding
//   node avsc-container.mjs copy FILE OUTPUT CODEC decodes every object and encodes it anew
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import avro from 'avsc';
import { parseSchema } from './avro-long.mjs';

const [verb, input, output, codec] = process.argv.slice(2);
if (!['read', 'copy'].includes(verb) || !input || (verb === 'copy' && !codec)) {
  console.error('usage: node avsc-container.mjs read FILE | copy FILE OUTPUT CODEC');
  process.exit(64);
}

const decoder = avro.createFileDecoder(input, { parseHook: parseSchema });
const [type] = await once(decoder, 'metadata');
if (verb === 'read') {
  for await (const value of decoder) console.log(type.toString(value));
} else {
  const encoder = new avro.streams.BlockEncoder(type, { codec, writeHeader: true });
  const file = encoder.pipe(createWriteStream(output));
  for await (const value of decoder) encoder.write(value);
  encoder.end();
  await once(file, 'finish');
}
