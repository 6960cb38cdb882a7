// Reads a registry and values with Confluent's own client.
//   node confluent.mjs REGISTRY_URL TOPIC FRAMES
// Prints what it saw as JSON: subjects, the latest version of the topic's subject, and the decoded records.
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
const records = [];
for (const frame of frames(input)) records.push(await deserializer.deserialize(topic, frame));
console.log(
  JSON.stringify({
    subjects: await client.getAllSubjects(),
    versions: await client.getAllVersions(`${topic}-value`),
    latest: { id: latest.id, version: latest.version, schemaType: latest.schemaType ?? 'AVRO' },
    lookedUp: await client.getId(`${topic}-value`, { schema: latest.schema, schemaType: 'AVRO' }),
    records: records.map(({ event_id, event_name, ad_serving_id }) => ({ event_id, event_name, ad_serving_id })),
  }),
);
