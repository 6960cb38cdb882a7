import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

// Schema resolution by Apache Avro for Java. FILE has a case a line, tab-separated; a line is printed for each.
//   java Judge.java check FILE     reader, writer        -> OK, or TYPE@location of every problem, separated by blanks
//   java Judge.java resolve FILE   reader, writer, hex   -> the value in the reader's schema as =hex, or !why
public class Judge {
    // Avro 1.12.0 keeps an array of doubles as floats, unless its items are boxed.
    private static final GenericData BOXED = new GenericData() {
        @Override
        public Object newArray(Object old, int size, Schema schema) {
            return new GenericData.Array<>(size, schema);
        }
    };

    public static void main(String[] arguments) throws Exception {
        StringBuilder answers = new StringBuilder();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String[] parts = line.split("\t", -1);
            String answer;
            try {
                Schema reader = new Schema.Parser().parse(parts[0]);
                Schema writer = new Schema.Parser().parse(parts[1]);
                answer = arguments[0].equals("check") ? check(reader, writer) : resolve(reader, writer, parts[2]);
            } catch (Exception | StackOverflowError fault) {
                answer = "!" + fault.toString().replaceAll("\\s+", " ");
            }
            answers.append(answer).append('\n');
        }
        System.out.print(answers);
    }

    private static String check(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        return result.getIncompatibilities().isEmpty() ? "OK" : result.getIncompatibilities().stream()
            .map(found -> found.getType() + "@" + found.getLocation()).collect(Collectors.joining(" "));
    }

    private static String resolve(Schema reader, Schema writer, String hex) throws Exception {
        byte[] data = HexFormat.of().parseHex(hex);
        Object value = new GenericDatumReader<>(writer, reader, BOXED).read(null, DecoderFactory.get().binaryDecoder(data, null));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(output, null);
        new GenericDatumWriter<>(reader).write(value, encoder);
        encoder.flush();
        return "=" + HexFormat.of().formatHex(output.toByteArray());
    }
}
