// Reads a registry and values with Confluent's own client, and writes the values again, without registering anything.
//   node confluent.mjs REGISTRY_URL TOPIC FRAMES
// Prints what it saw as JSON: subjects, the latest version of the topic's subject, the decoded records, and how many of them its
// serializer wrote to the very bytes that they came in.
import schemaregistry from '@confluentinc/schemaregistry';
import { frames } from './frames.mjs';

const [url, topic, input] = process.argv.slice(2);
if (!input) {
  console.error('usage: node confluent.mjs REGISTRY_URL TOPIC FRAMES');
  process.exit(64);
}

const client = new schemaregistry.SchemaRegistryClient({ baseURLs: [url] });
const latest = await client.getLatestSchemaMetadata(`${topic}-value`);
const deserializer = new schemaregistry.AvroDeserializer(client, schemaregistry.SerdeType.VALUE, {});
const serializer = new schemaregistry.AvroSerializer(client, schemaregistry.SerdeType.VALUE, {
  autoRegisterSchemas: false,
  useLatestVersion: true,
});
const records = [];
let same = 0;
for (const frame of frames(input)) {
  const record = await deserializer.deserialize(topic, frame);
  records.push(record);
  if ((await serializer.serialize(topic, record)).equals(frame)) same++;
}
console.log(
  JSON.stringify({
    subjects: await client.getAllSubjects(),
    versions: await client.getAllVersions(`${topic}-value`),
    latest: { id: latest.id, version: latest.version, schemaType: latest.schemaType ?? 'AVRO' },
    lookedUp: await client.getId(`${topic}-value`, { schema: latest.schema, schemaType: 'AVRO' }),
    same,
    records: records.map(({ event_id, event_name, ad_serving_id }) => ({ event_id, event_name, ad_serving_id })),
  }),
);
