using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Testing;
using AdTracking.SchemaRegistry;

namespace AdTracking.RealRegistry.Tests;

/// <summary>The client against a registry that others made.</summary>
[Collection(RealParts.Name)]
public sealed class SchemaRegistryServerTests(RealParts parts)
{
    private const string First = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""";

    private const string Second =
        """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":["null","string"],"default":null}]}""";

    private const string Breaking =
        """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"c","type":"string"}]}""";

    [RequiresFact(Tool.Registry)]
    public async Task Client_RealRegistry_DoesWhatItsMethodsSay()
    {
        var server = await parts.EmptyRegistryAsync();
        using HttpClient http = new();
        SchemaRegistryClient client = new(http, new SchemaRegistryOptions { BaseAddress = server.Url });
        const string subject = "ad.test-value";

        (await client.LookUpAsync(subject, First)).ShouldBeNull();
        (await client.GetVersionsAsync(subject)).ShouldBeEmpty();
        (await client.GetVersionAsync(subject)).ShouldBeNull();
        (await client.CheckCompatibilityAsync(subject, First)).IsCompatible.ShouldBeTrue();

        var first = await client.RegisterAsync(subject, First);
        (await client.RegisterAsync(subject, First)).ShouldBe(first);
        await client.SetCompatibilityAsync(subject, CompatibilityLevel.FullTransitive);
        (await client.GetCompatibilityAsync(subject)).ShouldBe(CompatibilityLevel.FullTransitive);
        (await client.GetCompatibilityAsync(null)).ShouldBe(CompatibilityLevel.Backward);

        (await client.CheckCompatibilityAsync(subject, Second)).IsCompatible.ShouldBeTrue();
        (await client.CheckCompatibilityAsync(subject, Breaking)).IsCompatible.ShouldBeFalse();
        var refused = await Should.ThrowAsync<SchemaRegistryException>(client.RegisterAsync(subject, Breaking));
        ((int)refused.StatusCode!).ShouldBe(409);

        var second = await client.RegisterAsync(subject, Second);
        (await client.LookUpAsync(subject, Second))!.Id.ShouldBe(second);
        (await client.LookUpAsync(subject, Breaking)).ShouldBeNull();
        (await client.GetSubjectsAsync()).ShouldContain(subject);
        (await client.GetVersionsAsync(subject)).ShouldBe([1, 2]);
        (await client.GetVersionAsync(subject))!.Id.ShouldBe(second);
        (await client.GetVersionAsync(subject, 1))!.Id.ShouldBe(first);
        var text = (await client.GetSchemaAsync(second)).ShouldNotBeNull();
        SchemaFingerprint.Crc64(Judged.Schema(text)).ShouldBe(SchemaFingerprint.Crc64(Judged.Schema(Second)));
        (await client.GetSchemaAsync(999_999)).ShouldBeNull();
    }
}
