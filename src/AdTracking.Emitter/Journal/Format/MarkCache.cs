using System.Text;

namespace AdTracking.Emitter.Journal.Format;

/// <summary>Reads marks and cluster ids, and gives the last one again when the bytes are the same. While Kafka is away nothing is
/// acknowledged, so the marks of an outage's batches are equal: a journal of a hundred thousand batches takes the memory of a few
/// marks.</summary>
internal sealed class MarkCache
{
    private byte[] _markBytes = [];
    private JournalMark _mark = JournalMark.Empty;
    private int _topicCount;
    private byte[] _textBytes = [];
    private string _text = "";

    /// <summary>The mark of so many topics.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, int topicCount, out JournalMark mark)
    {
        mark = _mark;
        if (topicCount == _topicCount && bytes.SequenceEqual(_markBytes))
        {
            return true;
        }

        if (!MarkCodec.TryRead(bytes, topicCount, out mark))
        {
            return false;
        }

        _mark = mark;
        _markBytes = bytes.ToArray();
        _topicCount = topicCount;
        return true;
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
