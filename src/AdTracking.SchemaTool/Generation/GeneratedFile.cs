using System.Text;

namespace AdTracking.SchemaTool.Generation;

/// <summary>A file and what it has to hold.</summary>
/// <param name="Path">Where it belongs.</param>
/// <param name="Text">Its whole text.</param>
/// <param name="Origin">The schema file that it comes from, or a word for several.</param>
internal sealed record GeneratedFile(string Path, string Text, string Origin)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The bytes on disk.</summary>
    public byte[] Bytes => Utf8.GetBytes(Text);

    /// <summary>Writes the file if it does not hold these bytes already. True when it was written.</summary>
    public bool Write()
    {
        var bytes = Bytes;
        if (File.Exists(Path) && File.ReadAllBytes(Path).AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        File.WriteAllBytes(Path, bytes);
        return true;
    }
}
