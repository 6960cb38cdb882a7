using AdTracking.Avro.Framing;
using AdTracking.Avro.Records;
using AdTracking.Avro.Wire;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Serdes;

/// <summary>Writes generated records for producers of Confluent.Kafka in Confluent's wire format: the bytes are those of Confluent's own
/// Avro serialiser. The first message of a topic asks the registry; as an <see cref="ISerializer{T}"/> that blocks its thread, and <see
/// cref="PrepareAsync"/> avoids it. For several threads.</summary>
/// <typeparam name="T">The generated record. Null is a tombstone.</typeparam>
public sealed class RecordSerializer<T> : ISerializer<T?>, IAsyncSerializer<T?>
    where T : class, IAvroRecord<T>
{
    private const int UsualBytes = 2048;

    private readonly SubjectIds _ids;
    private readonly int _messageBytesMax;
    private int _roomBytes = UsualBytes; // what the largest message so far took: most fit at the first try

    /// <summary>Makes a serialiser.</summary>
    public RecordSerializer(SchemaRegistryClient registry, SerdesOptions? options = null)
    {
        options ??= SerdesOptions.Default;
        _ids = new SubjectIds(registry, T.SchemaJson, options);
        _messageBytesMax = options.MessageBytesMax;
    }

    /// <summary>Asks the registry for the schema's id, so that no message has to wait for it.</summary>
    public async Task PrepareAsync(string topic, MessageComponentType component = MessageComponentType.Value, CancellationToken cancellation = default) =>
        _ = await _ids.GetAsync(new SerializationContext(component, topic), cancellation);

    /// <inheritdoc/>
    public byte[] Serialize(T? data, SerializationContext context)
    {
        if (data is null)
        {
            return null!;
        }

        return Frame(data, _ids.TryGet(context, out var id) ? id : _ids.GetAsync(context).AsTask().GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    public async Task<byte[]> SerializeAsync(T? data, SerializationContext context) =>
        data is null ? null! : Frame(data, await _ids.GetAsync(context));

    private byte[] Frame(T data, int id)
    {
        for (var room = Volatile.Read(ref _roomBytes); ; room = (int)Math.Min(2L * room, _messageBytesMax))
        {
            var rented = System.Buffers.ArrayPool<byte>.Shared.Rent(room);
            try
            {
                var writer = new AvroWriter(rented.AsSpan(ConfluentFrame.HeaderLength));
                data.Encode(ref writer);
                if (writer.HasUnrepresentableValue || (writer.Overflowed && room >= _messageBytesMax))
                {
                    throw new InvalidDataException(writer.HasUnrepresentableValue
                        ? $"A {typeof(T).Name} holds what its schema cannot say."
                        : $"A {typeof(T).Name} takes more than {_messageBytesMax} bytes.");
                }

                if (writer.Overflowed)
                {
                    continue;
                }

                ConfluentFrame.Write(rented, id);
                Volatile.Write(ref _roomBytes, Math.Max(_roomBytes, room));
                return rented.AsSpan(0, ConfluentFrame.HeaderLength + writer.Written).ToArray();
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }
}
