// Reads values with Confluent's own deserialiser and writes them anew with its serialiser, which may register nothing.
//   node confluent-serdes.mjs REGISTRY_URL TOPIC FRAMES OUTPUT
// Prints the records as JSON; OUTPUT gets the values in the form of FRAMES.
import { writeFileSync } from 'node:fs';
import schemaregistry from '@confluentinc/schemaregistry';
import { frames } from './frames.mjs';

const [url, topic, input, output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node confluent-serdes.mjs REGISTRY_URL TOPIC FRAMES OUTPUT');
  process.exit(64);
}

const client = new schemaregistry.SchemaRegistryClient({ baseURLs: [url] });
const deserializer = new schemaregistry.AvroDeserializer(client, schemaregistry.SerdeType.VALUE, {});
const serializer = new schemaregistry.AvroSerializer(client, schemaregistry.SerdeType.VALUE, {
  autoRegisterSchemas: false,
  useLatestVersion: true,
});
const records = [];
const out = [];
for (const frame of frames(input)) {
  const record = await deserializer.deserialize(topic, frame);
  records.push(record);
  const again = await serializer.serialize(topic, record);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(again.length);
  out.push(length, again);
}

writeFileSync(output, Buffer.concat(out));
console.log(JSON.stringify(records.map(({ event_id, ad_serving_id }) => ({ event_id, ad_serving_id }))));
