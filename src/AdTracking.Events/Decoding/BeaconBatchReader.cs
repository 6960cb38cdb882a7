using AdTracking.Events.Faults;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Decoding;

/// <summary>Reads the events of one body: a single object, an array, <c>{"events":[...]}</c>, or NDJSON. A fault of one event is reported and
/// the batch goes on; a body that is not JSON to its end is rejected as a whole, except that NDJSON is judged line by line.</summary>
/// <remarks>Until <see cref="MoveNext"/> has returned false without <see cref="Refusal"/>, nothing of the body may be stored.</remarks>
public ref struct BeaconBatchReader
{
    private readonly DecodeOptions _options;
    private readonly ReadOnlySpan<byte> _body;
    private readonly bool _lines;
    private JsonScanner _scanner;
    private int _next;
    private bool _inArray;
    private bool _inEnvelope;
    private bool _ended;

    /// <summary>Starts reading.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="lines">It is NDJSON: every line is one event.</param>
    /// <param name="options">Limits, layouts, policy.</param>
    public BeaconBatchReader(ReadOnlySpan<byte> body, bool lines, DecodeOptions options)
    {
        _options = options;
        _body = body;
        _lines = lines;
        _scanner = new JsonScanner(body, options.JsonDepthMax);
    }

    /// <summary>Events read so far, with and without faults.</summary>
    public int Count { get; private set; }

    /// <summary>Why the whole body is rejected; <see cref="FaultCode.None"/> while it is not.</summary>
    public FaultCode Refusal { get; private set; }

    /// <summary>Where in the body the last event that was read starts.</summary>
    public int EventStart { get; private set; }

    /// <summary>Its length.</summary>
    public int EventLength { get; private set; }

    /// <summary>Reads the next event.</summary>
    /// <param name="view">Is emptied and pointed at the body first.</param>
    /// <param name="fault">What is wrong with this event alone.</param>
    /// <returns>False at the end, or when the body is rejected.</returns>
    public bool MoveNext(scoped ref EventView view, out EventFault fault)
    {
        fault = EventFault.None;
        if (_ended)
        {
            return false;
        }

        if (_lines)
        {
            return NextLine(ref view, out fault);
        }

        view.Reset(_body);
        if (!(Count == 0 ? TryStart() : TryGoOn()))
        {
            return false;
        }

        if (Count == _options.BatchEventsMax)
        {
            return Refuse(FaultCode.TooManyEvents);
        }

        Count++;
        _scanner.Peek();
        EventStart = _scanner.Position;
        if (!EventDecoder.DecodeJson(ref _scanner, ref view, _options, out fault))
        {
            return Refuse(Reason());
        }

        EventLength = _scanner.Position - EventStart;
        return true;
    }

    private bool NextLine(scoped ref EventView view, out EventFault fault)
    {
        fault = EventFault.None;
        ReadOnlySpan<byte> line;
        do
        {
            if (_next >= _body.Length)
            {
                return Count == 0 ? Refuse(FaultCode.EmptyBody) : End();
            }

            var end = _body[_next..].IndexOf((byte)'\n');
            EventStart = _next;
            EventLength = end < 0 ? _body.Length - _next : end;
            _next += EventLength + 1;
            line = _body.Slice(EventStart, EventLength);
        }
        while (line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') < 0);

        if (Count == _options.BatchEventsMax)
        {
            return Refuse(FaultCode.TooManyEvents);
        }

        Count++;
        view.Reset(line);
        _scanner = new JsonScanner(line, _options.JsonDepthMax);
        if (!EventDecoder.DecodeJson(ref _scanner, ref view, _options, out fault) || !_scanner.TryReadEnd())
        {
            fault = new EventFault(Reason());
        }

        return true;
    }

    /// <summary>Moves to the first event, or to the end.</summary>
    private bool TryStart()
    {
        switch (_scanner.Peek())
        {
            case (byte)'[':
                return TryEnterArray();
            case (byte)'{':
                if (!IsEnvelope(in _scanner))
                {
                    return true;
                }

                _inEnvelope = _scanner.TryOpen((byte)'{') && _scanner.TryReadKey(out _, out _, out _);
                return TryEnterArray();
            default:
                if (_scanner.Position == _body.Length)
                {
                    return Refuse(FaultCode.EmptyBody);
                }

                return Refuse(_scanner.TrySkipValue() && _scanner.TryReadEnd() ? FaultCode.UnexpectedBody : Reason());
        }
    }

    /// <summary>Moves to the next event, or to the end.</summary>
    private bool TryGoOn()
    {
        if (!_inArray)
        {
            return TryEnd();
        }

        if (_scanner.TryTake((byte)','))
        {
            return true;
        }

        return _scanner.TryClose((byte)']') ? TryLeaveEnvelope() : Malformed();
    }

    private bool TryEnterArray()
    {
        if (!_scanner.TryOpen((byte)'['))
        {
            return Refuse(Reason());
        }

        _inArray = true;
        return !_scanner.TryClose((byte)']') || TryLeaveEnvelope();
    }

    private bool TryLeaveEnvelope()
    {
        if (!_inEnvelope || _scanner.TryClose((byte)'}'))
        {
            return TryEnd();
        }
        // Only "events" has a meaning in the envelope; a second member would be lost without a word.
        var isMember = _scanner.TryTake((byte)',') && _scanner.TryReadKey(out _, out _, out _) && _scanner.TrySkipValue();
        return isMember ? Refuse(FaultCode.UnexpectedBody) : Malformed();
    }

    private bool TryEnd() => _scanner.TryReadEnd() ? End() : Refuse(Reason());

    private bool Malformed()
    {
        _scanner.Fail(JsonScanError.Malformed);
        return Refuse(Reason());
    }

    private bool End()
    {
        _ended = true;
        return false;
    }

    private bool Refuse(FaultCode code)
    {
        Refusal = code;
        return End();
    }

    private readonly FaultCode Reason() => _scanner.Error == JsonScanError.TooDeep ? FaultCode.TooDeep : FaultCode.MalformedJson;

    /// <summary>An object whose first member is <c>events</c> with an array; the scanner is at its bracket.</summary>
    private static bool IsEnvelope(in JsonScanner scanner)
    {
        var inside = scanner.Source[(scanner.Position + 1)..];
        // Most events are told from an envelope by the sixth letter of their first key: event_name is no events.
        return (inside.Length < 7 || inside[0] != '"' || inside[6] == 's') && IsEnvelopeByToken(scanner);
    }

    private static bool IsEnvelopeByToken(JsonScanner scanner) =>
        scanner.TryOpen((byte)'{') && scanner.Peek() == '"' && scanner.TryReadKey(out var start, out var length, out _)
        && scanner.Source.Slice(start, length).SequenceEqual("events"u8) && scanner.Peek() == '[';
}
