namespace AdTracking.SchemaTool.Reports;

/// <summary>Numbers of the house rules. They are printed (ADT2001) and stay; ADT1xxx are those of <see
/// cref="Avro.Parsing.SchemaProblemCode"/>.</summary>
internal static class ProblemCode
{
    /// <summary>An <c>adt.</c> attribute that nobody knows.</summary>
    public const int UnknownAttribute = 2001;

    /// <summary>An <c>adt.</c> attribute with a value it cannot have.</summary>
    public const int MalformedAttribute = 2002;

    /// <summary>An <c>adt.</c> attribute on a type that it says nothing about.</summary>
    public const int UnfitAttribute = 2003;

    /// <summary>Times are long / timestamp-millis.</summary>
    public const int TimeNotMillis = 2101;

    /// <summary>Records are flat.</summary>
    public const int NotFlat = 2102;

    /// <summary>Enums have the default UNKNOWN.</summary>
    public const int EnumWithoutUnknown = 2103;

    /// <summary>Nullable is ["null", T] with default null.</summary>
    public const int NullableForm = 2104;

    /// <summary>A default takes one byte.</summary>
    public const int DefaultNotOneByte = 2105;

    /// <summary>Common fields stand first, equal in all events.</summary>
    public const int CommonPrefix = 2106;

    /// <summary>At most 128 fields.</summary>
    public const int TooManyFields = 2107;

    /// <summary>Ids are strings.</summary>
    public const int IdNotString = 2108;

    /// <summary>Names of the outside (query, decimal) are unique.</summary>
    public const int OutsideNameTwice = 2109;

    /// <summary>One name, one type.</summary>
    public const int TypeDefinedTwice = 2110;

    /// <summary>Every field says what it is.</summary>
    public const int NoDoc = 2111;

    /// <summary>The names of an event's occurrences agree with each other.</summary>
    public const int EventNames = 2112;

    /// <summary>Mandatory fields stand before the others.</summary>
    public const int MandatoryFirst = 2113;

    /// <summary>The file has the record's name.</summary>
    public const int FileName = 2114;

    /// <summary>What is required of a sender is the sender's, and never null.</summary>
    public const int RequiredButNot = 2115;

    /// <summary>A field that every event must have is missing.</summary>
    public const int MissingField = 2116;

    /// <summary>A type that the hot path cannot hold.</summary>
    public const int NotOnHotPath = 2117;

    /// <summary>A sender's field that does not say what an unresolved macro does.</summary>
    public const int MacroUnsaid = 2118;

    /// <summary>A generated file is missing.</summary>
    public const int GeneratedMissing = 3001;

    /// <summary>A generated file is not what the schemas ask for.</summary>
    public const int GeneratedStale = 3002;

    /// <summary>A file in the directory of generated code that no schema asks for.</summary>
    public const int GeneratedStray = 3003;

    /// <summary>The documentation has no place for the tables.</summary>
    public const int DocsWithoutMarks = 3004;

    /// <summary>A released schema that cannot be read. (ADT4001 and on are the rules of compatibility.)</summary>
    public const int ReleasedUnreadable = 4101;

    /// <summary>The file of subjects and levels says what it cannot mean.</summary>
    public const int SubjectsMalformed = 4102;

    /// <summary>A subject holds a schema that is not there.</summary>
    public const int SubjectWithoutSchema = 4103;

    /// <summary>A registry refuses a schema for a reason that only it knows.</summary>
    public const int RegistryRefuses = 5001;
}
