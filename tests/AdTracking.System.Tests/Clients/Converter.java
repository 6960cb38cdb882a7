import io.apicurio.registry.utils.converter.AvroConverter;
import java.io.DataInputStream;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

// Reads Kafka values as Kafka Connect does: the Avro converter, with the schemas of a registry.
//   java Converter.java REGISTRY_V2_URL TOPIC FRAMES    prints event_id and the number of fields of each, separated by a blank
public class Converter {
    public static void main(String[] arguments) throws Exception {
        AvroConverter<Object> converter = new AvroConverter<>();
        converter.configure(
            Map.of(
                "apicurio.registry.url", arguments[0],
                "apicurio.registry.as-confluent", "true",
                "apicurio.registry.use-id", "contentId"),
            false);
        StringBuilder read = new StringBuilder();
        try (DataInputStream frames = new DataInputStream(Files.newInputStream(Path.of(arguments[2])))) {
            while (true) {
                byte[] value = frames.readNBytes(frames.readInt());
                Struct record = (Struct) converter.toConnectData(arguments[1], value).value();
                read.append(record.get("event_id")).append(' ').append(record.schema().fields().size()).append('\n');
            }
        } catch (EOFException end) {
            System.out.print(read);
        }
    }
}
