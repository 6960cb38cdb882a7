// avsc reads `long` as a JavaScript number and refuses what does not fit; this one reads BigInt, exactly.
import avro from 'avsc';

const long = avro.types.LongType.__with({
  fromBuffer: (buffer) => buffer.readBigInt64LE(),
  toBuffer: (value) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value) => typeof value === 'bigint',
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
});

/** Parses a schema; `long` values are BigInt. */
export const parseSchema = (schema, options) => avro.Type.forSchema(schema, { ...options, registry: { long } });
