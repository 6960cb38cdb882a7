using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Commands;

namespace AdTracking.SchemaTool.Registry;

/// <summary>What all verbs that speak to a registry have in common: the connection, and how failures end.</summary>
internal static class RegistryVerb
{
    /// <summary>Makes the command's action.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">Its settings; they are added to it.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="run">What the verb does; gives the exit code.</param>
    public static void SetAction(
        Command command, RegistrySettings settings, TextWriter error, Func<ParseResult, SchemaRegistryClient, CancellationToken, Task<int>> run)
    {
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                using var connection = settings.Connect(parsed);
                return await run(parsed, connection.Client, cancellation);
            }
            catch (SchemaRegistryException fault)
            {
                error.WriteLine(fault.Message);
                return fault.IsTransient || fault.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? ToolExitCode.Unavailable
                    : ToolExitCode.Problem;
            }
            catch (Exception fault) when (fault is ArgumentException or FormatException or CryptographicException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine(fault.Message);
                return ToolExitCode.Usage;
            }
        });
    }
}
