// Schema resolution by avsc.
//   node resolve.mjs FILE    a case a line: reader, writer, hex, tab-separated -> the value in the reader's schema as =hex, or !why
import { readFileSync } from 'node:fs';
import avro from 'avsc';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node resolve.mjs FILE');
  process.exit(64);
}

function resolve(line) {
  const [readerText, writerText, hex] = line.split('\t');
  const reader = avro.Type.forSchema(JSON.parse(readerText), { wrapUnions: true });
  const writer = avro.Type.forSchema(JSON.parse(writerText), { wrapUnions: true });
  const value = reader.fromBuffer(Buffer.from(hex, 'hex'), reader.createResolver(writer));
  return '=' + reader.toBuffer(value).toString('hex');
}

for (const line of readFileSync(file, 'utf8').split('\n')) {
  if (line === '') continue;
  try {
    console.log(resolve(line));
  } catch (fault) {
    console.log(`!${String(fault).replace(/\s+/g, ' ')}`);
  }
}
