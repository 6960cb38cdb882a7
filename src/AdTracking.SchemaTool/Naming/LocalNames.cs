namespace AdTracking.SchemaTool.Naming;

/// <summary>Names of local variables, each given once a method.</summary>
internal sealed class LocalNames
{
    private readonly Dictionary<string, int> _given = new(StringComparer.Ordinal);

    /// <summary>The stem itself the first time, then with a number behind it.</summary>
    public string Next(string stem)
    {
        var number = _given.GetValueOrDefault(stem) + 1;
        _given[stem] = number;
        return number == 1 ? stem : stem + number;
    }
}
