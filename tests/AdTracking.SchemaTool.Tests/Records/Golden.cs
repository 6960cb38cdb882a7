namespace AdTracking.SchemaTool.Tests;

/// <summary>Bytes that must never change, in files. UPDATE_GOLDENS=1 writes them anew.</summary>
internal static class Golden
{
    public static void ShouldBe(string name, byte[] bytes)
    {
        var path = Repository.PathOf("tests", "AdTracking.SchemaTool.Tests", "Goldens", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1")
        {
            File.WriteAllBytes(path, bytes);
        }

        File.ReadAllBytes(path).ShouldBe(bytes, name);
    }
}
