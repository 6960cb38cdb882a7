"""Prints one Avro value as JSON, logical types as their text: read_logical.py SCHEMA VALUE."""
import io
import json
import sys

import avro.io
import avro.schema


def plain(value):
    return value.hex() if isinstance(value, bytes) else str(value)


with open(sys.argv[1], encoding="utf-8") as text, open(sys.argv[2], "rb") as data:
    schema = avro.schema.parse(text.read())
    stream = io.BytesIO(data.read())
    record = avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(stream))
    assert not stream.read(), "bytes are left"
    print(json.dumps(record, default=plain))
