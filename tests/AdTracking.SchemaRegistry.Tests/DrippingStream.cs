namespace AdTracking.SchemaRegistry.Tests;

/// <summary>One byte, then nothing for ever; <paramref name="silent"/> is called when the silence begins.</summary>
internal sealed class DrippingStream(Action silent) : Stream
{
    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_reads++ == 0)
        {
            buffer.Span[0] = (byte)'[';
            return 1;
        }

        TaskCompletionSource<int> never = new();
        await using var end = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        silent();
        return await never.Task;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
