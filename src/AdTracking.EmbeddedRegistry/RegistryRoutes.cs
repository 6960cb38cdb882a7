using AdTracking.EmbeddedRegistry.Operations;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry;

/// <summary>Confluent's Schema Registry REST API for Avro, and the two addresses of Apicurio's own API that its Avro converter for
/// Kafka Connect asks for.</summary>
internal sealed class RegistryRoutes(RegistryStore store)
{
    private static readonly string[] Types = ["AVRO"];

    public void Map(WebApplication application)
    {
        Get(application, "/", _ => RegistryReply.Of(new { }));
        MapSchemas(application);
        MapSubjects(application);
        MapSettings(application);
        var compatibility = new CompatibilityOperations(store);
        WithBody(application, HttpMethods.Post, "/compatibility/subjects/{subject}/versions", compatibility.TestAll);
        WithBody(application, HttpMethods.Post, "/compatibility/subjects/{subject}/versions/{version}", compatibility.TestVersion);
        application.MapFallback(context => RegistryAnswer.SendAsync(context, RegistryError.NotFound));
    }

    private void MapSchemas(WebApplication application)
    {
        var schemas = new SchemaOperations(store);
        Get(application, "/schemas/types", _ => RegistryReply.Of(Types));
        Get(application, "/schemas/ids/{id}", schemas.Get);
        Get(application, "/schemas/ids/{id}/schema", schemas.GetText);
        Get(application, "/schemas/ids/{id}/versions", schemas.GetVersions);
        Get(application, "/schemas/ids/{id}/subjects", schemas.GetSubjects);
        Get(application, "/apis/registry/v2/ids/contentIds/{id}", schemas.GetText);
        Get(application, "/apis/registry/v2/ids/contentIds/{id}/references", schemas.GetReferences);
    }

    private void MapSubjects(WebApplication application)
    {
        var subjects = new SubjectOperations(store);
        var deletes = new DeleteOperations(store);
        Get(application, "/subjects", subjects.List);
        WithBody(application, HttpMethods.Post, "/subjects/{subject}", subjects.LookUp);
        Delete(application, "/subjects/{subject}", deletes.DeleteSubject);
        Get(application, "/subjects/{subject}/versions", subjects.ListVersions);
        WithBody(application, HttpMethods.Post, "/subjects/{subject}/versions", new RegisterOperation(store).Register);
        Get(application, "/subjects/{subject}/versions/{version}", subjects.Get);
        Delete(application, "/subjects/{subject}/versions/{version}", deletes.DeleteVersion);
        Get(application, "/subjects/{subject}/versions/{version}/schema", subjects.GetText);
        Get(application, "/subjects/{subject}/versions/{version}/referencedby", subjects.ListReferences);
    }

    private void MapSettings(WebApplication application)
    {
        var settings = new SettingOperations(store);
        Get(application, "/config", _ => settings.GetLevel());
        WithBody(application, HttpMethods.Put, "/config", settings.SetLevel);
        Delete(application, "/config", _ => settings.DeleteLevel());
        Get(application, "/config/{subject}", settings.GetSubjectLevel);
        WithBody(application, HttpMethods.Put, "/config/{subject}", settings.SetSubjectLevel);
        Delete(application, "/config/{subject}", settings.DeleteSubjectLevel);
        Get(application, "/mode", _ => settings.GetMode());
        WithBody(application, HttpMethods.Put, "/mode", settings.SetMode);
        Get(application, "/mode/{subject}", settings.GetSubjectMode);
        WithBody(application, HttpMethods.Put, "/mode/{subject}", settings.SetSubjectMode);
        Delete(application, "/mode/{subject}", settings.DeleteSubjectMode);
    }

    private static void Get(WebApplication application, string path, Func<RegistryRequest, RegistryReply> reply) =>
        application.MapGet(path, context => RegistryAnswer.SendAsync(context, reply(RegistryRequest.Of(context))));

    private static void Delete(WebApplication application, string path, Func<RegistryRequest, RegistryReply> reply) =>
        application.MapDelete(path, context => RegistryAnswer.SendAsync(context, reply(RegistryRequest.Of(context))));

    private static void WithBody(WebApplication application, string method, string path, Func<RegistryRequest, RegistryReply> reply) =>
        application.MapMethods(path, [method], async context =>
        {
            var (request, problem) = await RegistryRequest.ReadAsync(context);
            await RegistryAnswer.SendAsync(context, request is null ? problem! : reply(request));
        });
}
