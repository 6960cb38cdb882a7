namespace AdTracking.Avro.Compatibility;

/// <summary>Sentences for people: what is wrong, and what to do about it in the schema that can still be changed.</summary>
internal static class CompatibilityMessages
{
    public static string Of(SchemaFault fault, SchemaRoles roles)
    {
        var reader = roles.Reader;
        var writer = InSentence(roles.Writer);
        return fault.Rule switch
        {
            CompatibilityRule.TypeMismatch =>
                $"{reader} has {fault.ReaderHas} where {writer} has {fault.WriterHas}, which it cannot read. " + AdviceOnType(fault, roles),
            CompatibilityRule.NameMismatch =>
                $"{reader} says {fault.ReaderHas} where {writer} says {fault.WriterHas}. " + AdviceOnName(fault, roles),
            CompatibilityRule.FixedSizeMismatch =>
                $"{reader} has {fault.ReaderHas} bytes where {writer} has {fault.WriterHas}. Keep the size; another size is a new type in a new field.",
            CompatibilityRule.MissingEnumSymbols =>
                $"{reader} does not know the symbols {fault.Detail} of {writer} and has no default for them. " + AdviceOnSymbols(roles),
            CompatibilityRule.MissingUnionBranch =>
                $"{reader} has no branch in {fault.ReaderHas} that reads {fault.WriterHas} of {writer}. " + AdviceOnBranch(roles),
            CompatibilityRule.ReaderFieldMissingDefaultValue =>
                $"{reader} has the field \"{fault.Detail}\" without a default, and {writer} has no such field. " + AdviceOnField(fault, roles),
            CompatibilityRule.AmbiguousAlias =>
                $"The field \"{fault.Detail}\" of {InSentence(reader)} finds the fields {fault.WriterHas} of {writer}. Leave one name or alias.",
            CompatibilityRule.TooLargeToCompare =>
                $"The schemas are too large to be compared: more than {fault.Detail} pairs of types meet.",
            CompatibilityRule.DecimalMismatch =>
                $"{reader} has {fault.ReaderHas} where {writer} has {fault.WriterHas}: the same bytes are another number, and no registry notices. "
                + "Keep precision and scale; others belong in a new field.",
            _ =>
                $"{reader} has {fault.ReaderHas} where {writer} has {fault.WriterHas}: the same bytes mean something else, and no registry notices. "
                + "Keep the logical type; another one belongs in a new field.",
        };
    }

    private static string InSentence(string role) => role.StartsWith("The ", StringComparison.Ordinal) ? "the " + role[4..] : InMiddle(role);

    private static string InMiddle(string role) => role.StartsWith("Version ", StringComparison.Ordinal) ? "version " + role[8..] : role;

    private static string AdviceOnType(SchemaFault fault, SchemaRoles roles) => roles.NewReads switch
    {
        true => $"Keep {fault.WriterHas}, or a type that it can be promoted to; another type belongs in a new field.",
        false => $"Keep {fault.ReaderHas}; another type belongs in a new field.",
        null => "Only int, long and float can be promoted (to wider numbers), and string and bytes to each other.",
    };

    private static string AdviceOnName(SchemaFault fault, SchemaRoles roles) => roles.NewReads switch
    {
        true => $"Keep the name, or give the type the alias \"{fault.WriterHas}\".",
        false => "Keep the name: readers of the old schema have no alias for the new one.",
        null => $"The reader's type needs that name, or the alias \"{fault.WriterHas}\".",
    };

    private static string AdviceOnSymbols(SchemaRoles roles) => roles.NewReads switch
    {
        true => "Keep the symbols, or give the enum a default.",
        false => "Leave them out: an enum takes new symbols once every released version has a default.",
        null => "The reader's enum needs the symbols, or a default.",
    };

    private static string AdviceOnBranch(SchemaRoles roles) => roles.NewReads switch
    {
        true => "Keep the branch, or one that it can be promoted to.",
        false => "Leave the branch out; what is new belongs in a new field.",
        null => "The reader's union needs a branch for it.",
    };

    private static string AdviceOnField(SchemaFault fault, SchemaRoles roles) => roles.NewReads switch
    {
        true => "Give it a default, or the old name of the field as an alias.",
        false => $"Keep the field \"{fault.Detail}\" (with a default, so that a later version can do without it).",
        null => "The reader's field needs a default, or an alias that the writer knows.",
    };
}
