"""Object container files through Apache Avro's own Python library.

    python3 container.py read FILE               one object a line, as JSON; what JSON has no type for as its text
    python3 container.py copy FILE OUTPUT CODEC  decodes every object and encodes it anew
"""
import json
import sys

from avro.datafile import DataFileReader, DataFileWriter
from avro.io import DatumReader, DatumWriter


def plain(value):
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


verb, source = sys.argv[1:3]
with open(source, "rb") as stream, DataFileReader(stream, DatumReader()) as reader:
    if verb == "read":
        for item in reader:
            print(json.dumps(item, default=plain))
    else:
        with open(sys.argv[3], "wb") as target:
            with DataFileWriter(target, DatumWriter(), reader.datum_reader.writers_schema, codec=sys.argv[4]) as writer:
                for item in reader:
                    writer.append(item)
