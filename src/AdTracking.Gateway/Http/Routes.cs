namespace AdTracking.Gateway.Http;

/// <summary>Names a request's route from its path.</summary>
internal sealed class Routes
{
    private static readonly string[] Tags =
        ["unknown", "/v1/events", "/v1/i", "/v1/e", "/v1/b", "/v1/c", "/v1/burl", "preflight", "/robots.txt"];

    private readonly Dictionary<string, IntakeRoute> _extraPixels = new(StringComparer.Ordinal);

    /// <param name="pixelPrefixes">Under each of these the two pixels answer too.</param>
    public Routes(IEnumerable<string> pixelPrefixes)
    {
        foreach (var prefix in pixelPrefixes)
        {
            _extraPixels[prefix + "/i"] = IntakeRoute.Impression;
            _extraPixels[prefix + "/e"] = IntakeRoute.Engagement;
        }
    }

    public static int Count => Tags.Length;

    public static string Tag(IntakeRoute route) => Tags[(int)route];

    public IntakeRoute Find(string path) => path switch
    {
        "/v1/i" => IntakeRoute.Impression,
        "/v1/e" => IntakeRoute.Engagement,
        "/v1/events" => IntakeRoute.Events,
        "/v1/b" => IntakeRoute.Beacon,
        "/v1/c" => IntakeRoute.Click,
        "/v1/burl" => IntakeRoute.BillingNotice,
        "/robots.txt" => IntakeRoute.Robots,
        _ => _extraPixels.Count > 0 ? _extraPixels.GetValueOrDefault(path) : IntakeRoute.Unknown,
    };

    /// <summary>The methods that a route answers, as the <c>Allow</c> header lists them.</summary>
    public static string Methods(IntakeRoute route) => route switch
    {
        IntakeRoute.Events or IntakeRoute.Beacon => "POST, OPTIONS",
        IntakeRoute.BillingNotice => "GET, POST, OPTIONS",
        _ => "GET, HEAD, OPTIONS",
    };
}

/// <summary>The routes of the public listener; also the bounded values of the metric label.</summary>
internal enum IntakeRoute
{
    /// <summary>No such path.</summary>
    Unknown,
    Events,
    Impression,
    Engagement,
    Beacon,
    Click,
    BillingNotice,
    Preflight,
    Robots,
}
