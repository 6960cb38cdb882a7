using System.Buffers;
using System.Runtime.CompilerServices;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;

namespace AdTracking.Gateway.Intake;

/// <summary>Waits for a whole body, up to a limit. A small body has usually arrived with its headers, and then nothing waits.</summary>
internal static class BodyReader
{
    /// <summary>After success the caller advances the reader to the end of the bytes.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ReceivedBody> ReadAsync(Exchange exchange, int bytesMax)
    {
        if (exchange.RequestHeaders.ContentLength > bytesMax)
        {
            return new ReceivedBody(default, FaultCode.BodyTooLarge);
        }

        var body = exchange.Body;
        try
        {
            while (true)
            {
                if (!body.TryRead(out var read))
                {
                    read = await body.ReadAsync();
                }

                if (read.Buffer.Length > bytesMax)
                {
                    body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    return new ReceivedBody(default, FaultCode.BodyTooLarge);
                }

                if (read.IsCompleted)
                {
                    return new ReceivedBody(read.Buffer, FaultCode.None);
                }

                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException bad)
        {
            var isLate = bad.StatusCode == StatusCodes.Status408RequestTimeout;
            return new ReceivedBody(default, isLate ? FaultCode.RequestTimeout : FaultCode.BadRequest);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return new ReceivedBody(default, FaultCode.BadRequest); // the client hung up; nobody reads the answer
        }
    }

    /// <summary>The body as one span: where it lies, or in a copy that the batch keeps.</summary>
    public static ReadOnlyMemory<byte> Join(ReadOnlySequence<byte> bytes, EventBatch batch)
    {
        if (bytes.IsSingleSegment)
        {
            return bytes.First;
        }

        var length = (int)bytes.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        batch.KeepCopy(copy);
        bytes.CopyTo(copy);
        return copy.AsMemory(0, length);
    }
}

/// <summary>A body as it lies in the connection's buffers, whole.</summary>
/// <param name="Bytes">Valid until the reader is advanced.</param>
/// <param name="Fault">Why there is no body.</param>
internal readonly record struct ReceivedBody(ReadOnlySequence<byte> Bytes, FaultCode Fault);
