using System.Text;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Reads marks and cluster ids, and gives the last one again when the bytes are the same. While Kafka is away nothing is
/// acknowledged, so the marks of an outage's batches are equal: a journal of a hundred thousand batches takes the memory of a few
/// marks.</summary>
internal sealed class MarkCache
{
    private BatchMark _mark = BatchMark.Empty;
    private byte[] _textBytes = [];
    private string _text = "";

    /// <summary>The mark of so many topics.</summary>
    public BatchMark Mark(ReadOnlySpan<byte> bytes, int topics)
    {
        if (topics != _mark.Topics || !bytes.SequenceEqual(_mark.Bytes.Span))
        {
            _mark = new BatchMark(bytes.ToArray(), topics);
        }

        return _mark;
    }

    /// <summary>A short text.</summary>
    public string Text(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.SequenceEqual(_textBytes))
        {
            _textBytes = bytes.ToArray();
            _text = Encoding.UTF8.GetString(bytes);
        }

        return _text;
    }
}
