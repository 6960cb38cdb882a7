// Reads an Iceberg table as a reader would: the current metadata names the snapshot, the snapshot its manifests, the manifests
// the data files that were committed. DuckDB then compares the rows of those files with what was sent.
//   node iceberg.mjs TABLE_DIRECTORY SENT_CSV SECONDS      SENT_CSV: event_id,price_cpm_micros with a header
// Waits until the table holds as many rows as were sent, or the time is out. Prints one JSON object.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import duckdb from '@duckdb/node-api';
import avro from 'avsc';
import { parseSchema } from './avro-long.mjs';

const [table, sentFile, seconds] = process.argv.slice(2);
if (!seconds) {
  console.error('usage: node iceberg.mjs TABLE_DIRECTORY SENT_CSV SECONDS');
  process.exit(64);
}

const local = (location) => (location.startsWith('file:') ? fileURLToPath(location.replace(/^file:\/*/, 'file:///')) : location);

// The Hadoop catalog numbers metadata files; the highest number is current. Null until the first commit.
function currentSnapshot() {
  let names;
  try {
    names = readdirSync(join(table, 'metadata'));
  } catch {
    return null;
  }
  const version = Math.max(0, ...names.map((name) => Number(/^v(\d+)\.metadata\.json$/.exec(name)?.[1] ?? 0)));
  if (version === 0) return null;
  const metadata = JSON.parse(readFileSync(join(table, 'metadata', `v${version}.metadata.json`), 'utf8'));
  const spec = metadata['partition-specs'].find((candidate) => candidate['spec-id'] === metadata['default-spec-id']);
  const schema = metadata.schemas.find((candidate) => candidate['schema-id'] === metadata['current-schema-id']);
  const snapshot = metadata.snapshots?.find((candidate) => candidate['snapshot-id'] === metadata['current-snapshot-id']);
  return snapshot && { snapshot, spec, schema, snapshots: metadata.snapshots.length };
}

const rows = (path) =>
  new Promise((resolve, reject) => {
    const all = [];
    avro.createFileDecoder(path, { parseHook: parseSchema }).on('data', (row) => all.push(row)).on('end', () => resolve(all)).on('error', reject);
  });

async function dataFiles(snapshot) {
  const files = [];
  for (const manifest of await rows(local(snapshot['manifest-list']))) {
    for (const entry of await rows(local(manifest.manifest_path))) {
      if (entry.status !== 2) files.push(entry.data_file); // 2 is DELETED
    }
  }
  return files;
}

const sentCount = readFileSync(sentFile, 'utf8').trim().split('\n').length - 1;
const end = Date.now() + Number(seconds) * 1000;
let current = currentSnapshot();
while (Number(current?.snapshot.summary['total-records'] ?? 0) < sentCount && Date.now() < end) {
  await delay(500);
  current = currentSnapshot();
}
if (!current) {
  console.error(`no snapshot in ${table}`);
  process.exit(3);
}

const files = (await dataFiles(current.snapshot)).map((file) => local(file.file_path));
const connection = await (await duckdb.DuckDBInstance.create(':memory:')).connect();
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
await connection.run(`create view landed as select * from read_parquet([${files.map(quoted).join(',')}], hive_partitioning = false)`);
await connection.run(`create table sent as select * from read_csv(${quoted(sentFile)}, header = true,
  columns = {'event_id': 'varchar', 'price_cpm_micros': 'bigint'})`);
const result = await connection.runAndReadAll(`select
  (select count(*) from sent) as sent,
  (select count(*) from landed) as landed,
  (select count(distinct event_id) from landed) as distinct_ids,
  (select count(*) from sent where event_id not in (select event_id from landed)) as missing,
  (select count(*) from landed where event_id not in (select event_id from sent)) as strange,
  (select sum(price_cpm_micros) from sent)::bigint as micros_sent,
  (select sum(price_cpm_micros) from landed)::bigint as micros_landed,
  (select typeof(received_ts) from landed limit 1) as received_ts_type`);
const numbers = Object.fromEntries(
  Object.entries(result.getRowObjects()[0]).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
);
const fieldOf = (id) => current.schema.fields.find((field) => field.id === id)?.name;
console.log(
  JSON.stringify({
    ...numbers,
    files: files.length,
    snapshots: current.snapshots,
    columns: current.schema.fields.map((field) => field.name),
    partitioned_by: current.spec.fields.map((field) => `${field.transform}(${fieldOf(field['source-id'])})`).join(','),
  }),
);
