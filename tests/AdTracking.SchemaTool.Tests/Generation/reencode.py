"""Reads and writes values anew with Apache Avro's Python library: reencode.py DIRECTORY

For every N.bin (values of N.avsc, each behind its length, four bytes big endian) writes N.python in the same form. A union's branch is
kept as it was read: the library's writer would choose the first that fits.
"""
import io
import json
import pathlib
import struct
import sys

import avro.io
import avro.schema


class Branch:
    def __init__(self, index, value):
        self.index, self.value = index, value


class Reader(avro.io.DatumReader):
    def read_union(self, writers_schema, readers_schema, decoder):
        index = int(decoder.read_long())
        branch = writers_schema.schemas[index]
        return Branch(index, self.read_data(branch, branch, decoder))


class Writer(avro.io.DatumWriter):
    def write_union(self, writers_schema, datum, encoder):
        encoder.write_long(datum.index)
        self.write_data(writers_schema.schemas[datum.index], datum.value, encoder)


def plain(node):
    """Without logical types: bytes are compared, not Python's classes for them."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items() if key not in ("logicalType", "precision", "scale")}
    return [plain(item) for item in node] if isinstance(node, list) else node


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.bin")):
    schema = avro.schema.parse(json.dumps(plain(json.loads(path.with_suffix(".avsc").read_text(encoding="utf-8")))))
    data = path.read_bytes()
    out, at = bytearray(), 0
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        stream = io.BytesIO(data[at + 4 : at + 4 + length])
        value = Reader(schema, schema).read_data(schema, schema, avro.io.BinaryDecoder(stream))
        assert not stream.read(), f"{path.name}: bytes are left"
        again = io.BytesIO()
        Writer(schema).write_data(schema, value, avro.io.BinaryEncoder(again))
        out += struct.pack(">I", len(again.getvalue())) + again.getvalue()
        at += 4 + length
    path.with_suffix(".python").write_bytes(out)
