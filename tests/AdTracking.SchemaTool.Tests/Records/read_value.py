"""Prints one Avro value as JSON: read_value.py SCHEMA VALUE. Times as milliseconds."""
import datetime
import io
import json
import sys

import avro.io
import avro.schema


def plain(value):
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1000)
    return value.decode("latin-1")


with open(sys.argv[1], encoding="utf-8") as text, open(sys.argv[2], "rb") as data:
    schema = avro.schema.parse(text.read())
    stream = io.BytesIO(data.read())
    record = avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(stream))
    assert not stream.read(), "bytes are left"
    print(json.dumps(record, default=plain))
