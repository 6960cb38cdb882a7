namespace AdTracking.SchemaTool.Model;

/// <summary>The words that <c>adt.</c> attributes may use.</summary>
internal static class FieldVocabulary
{
    /// <summary>Owners: who may set a field.</summary>
    public static readonly string[] Owners = ["sender", "gateway"];

    /// <summary>Forms of strings.</summary>
    public static readonly string[] Patterns = ["token", "currency", "country", "httpUrl"];

    /// <summary>What an unresolved macro does: keep the event but do not bill it, or store null.</summary>
    public static readonly string[] Macros = ["billing", "optional", "none"];

    /// <summary>Meanings beyond the type.</summary>
    public static readonly string[] Kinds = ["money"];

    /// <summary>What a value tells about people; redaction goes by it.</summary>
    public static readonly string[] Privacies = ["identifier", "device", "location", "consent", "page"];

    /// <summary>Classes of events.</summary>
    public static readonly string[] Events = ["impression", "click", "engagement"];
}
