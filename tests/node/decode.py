"""Decodes Kafka values with Apache Avro's own Python library and the schemas that the registry gives for the ids in them.

    python3 decode.py REGISTRY_URL FRAMES

FRAMES: values, each preceded by its length, 4 bytes, big-endian. Prints one JSON object of a few fields a line.
"""
import io
import json
import struct
import sys
import urllib.request

import avro.io
import avro.schema

registry, path = sys.argv[1:3]
readers = {}


def reader_of(schema_id):
    if schema_id not in readers:
        with urllib.request.urlopen(f"{registry}/schemas/ids/{schema_id}") as answer:
            readers[schema_id] = avro.io.DatumReader(avro.schema.parse(json.load(answer)["schema"]))
    return readers[schema_id]


with open(path, "rb") as frames:
    while head := frames.read(4):
        value = frames.read(struct.unpack(">I", head)[0])
        magic, schema_id = struct.unpack(">bI", value[:5])
        assert magic == 0, "no magic byte"
        body = io.BytesIO(value[5:])
        record = reader_of(schema_id).read(avro.io.BinaryDecoder(body))
        assert not body.read(), "bytes left over"
        print(json.dumps([record["event_id"], record["event_name"], record["ad_serving_id"]]))
