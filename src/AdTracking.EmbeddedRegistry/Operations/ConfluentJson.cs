using AdTracking.Avro.Compatibility;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary>Reasons as Confluent's registry words them; tools and people know them.</summary>
internal static class ConfluentJson
{
    /// <summary>All reasons, version by version, each followed by the version's number and text.</summary>
    public static List<string> Of(IReadOnlyList<EvolutionProblem> problems, Func<int, string> textOfVersion, CompatibilityLevel level)
    {
        var words = new List<string>();
        foreach (var version in problems.Where(problem => !problem.IsWarning).GroupBy(problem => problem.Version))
        {
            words.AddRange(version.Select(Of));
            words.Add($"{{oldSchemaVersion: {version.Key}}}");
            words.Add($"{{oldSchema: '{textOfVersion(version.Key)}'}}");
        }

        if (words.Count > 0)
        {
            words.Add($"{{validateFields: 'false', compatibility: '{CompatibilityLevels.NameOf(level)}'}}");
        }

        return words;
    }

    private static string Of(EvolutionProblem found)
    {
        var problem = found.Problem;
        var (reader, writer) = found.Direction == EvolutionDirection.Backward ? ("new", "old") : ("old", "new");
        var description = problem.Rule switch
        {
            CompatibilityRule.FixedSizeMismatch =>
                $"The size of FIXED type field at path '{problem.Location}' in the {reader} schema does not match with the {writer} schema",
            CompatibilityRule.TypeMismatch =>
                $"The type (path '{problem.Location}') of a field in the {reader} schema does not match with the {writer} schema",
            CompatibilityRule.NameMismatch => $"The name of the schema has changed (path '{problem.Location}')",
            CompatibilityRule.MissingEnumSymbols =>
                $"The {reader} schema is missing enum symbols '{problem.Detail}' at path '{problem.Location}' in the {writer} schema",
            CompatibilityRule.MissingUnionBranch =>
                $"The {reader} schema is missing a type inside a union field at path '{problem.Location}' in the {writer} schema",
            CompatibilityRule.ReaderFieldMissingDefaultValue =>
                $"The field '{problem.Detail}' at path '{problem.Location}' in the {reader} schema has no default value and is missing in the {writer} schema",
            _ => found.Message,
        };
        return $"{{errorType:'{CompatibilityRules.NameOf(problem.Rule)}', description:'{description}', additionalInfo:'{problem.Detail}'}}";
    }
}
