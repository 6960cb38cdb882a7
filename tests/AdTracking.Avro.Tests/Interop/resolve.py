"""Schema resolution by Apache Avro's Python library.

    python3 resolve.py FILE    a case a line: reader, writer, hex, tab-separated -> the value in the reader's schema as =hex, or !why
"""
import io
import sys

import avro.io
import avro.schema


def resolve(reader_text, writer_text, data):
    reader = avro.schema.parse(reader_text)
    writer = avro.schema.parse(writer_text)
    value = avro.io.DatumReader(writer, reader).read(avro.io.BinaryDecoder(io.BytesIO(bytes.fromhex(data))))
    output = io.BytesIO()
    avro.io.DatumWriter(reader).write(value, avro.io.BinaryEncoder(output))
    return "=" + output.getvalue().hex()


with open(sys.argv[1], encoding="utf-8") as cases:
    for line in cases:
        try:
            print(resolve(*line.rstrip("\n").split("\t")))
        except Exception as fault:
            print("!" + " ".join(repr(fault).split()))
