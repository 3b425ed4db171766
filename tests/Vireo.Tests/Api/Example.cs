using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Domain;

namespace Vireo.Tests.Api;

/// <summary>The example of docs/dotnet-api.md, which a test runs.</summary>
static class Example
{
    // <example>
    public static async Task RunAsync(string uri, TextWriter output, CancellationToken cancel)
    {
        await using Connection connection = await Connection.OpenAsync(uri, new ConnectionOptions { KeepaliveCount = 3 }, cancel);
        await output.WriteLineAsync($"{await connection.GetTypeAsync(cancel)} on {(await connection.GetNodeInfoAsync(cancel)).Model}");

        // A document is text, or a record: with-expressions change it.
        Domain template = (await connection.ListDomainsAsync(ListDomainsFlags.Active, cancel))[0];
        DomainDef definition = await template.GetDefinitionAsync(DomainXmlFlags.Inactive, cancel);
        Domain copy = await connection.DefineDomainAsync(definition with { Name = "copy", Uuid = null, Title = "A copy" }, cancel: cancel);
        try
        {
            // Watch first, then act: nothing is lost in between.
            await using IAsyncEnumerator<Observed<DomainEvent>> events = copy.WatchAsync(cancel: cancel).GetAsyncEnumerator(cancel);
            ValueTask<bool> next = events.MoveNextAsync();
            await copy.StartAsync(cancel: cancel);
            if (await next && events.Current is { Event: DomainLifecycleEvent started })
                await output.WriteLineAsync($"{started.Domain.Name}: {started.Type}");

            await output.WriteLineAsync($"{(await copy.GetInfoAsync(cancel)).MaxMemory} KiB");
            await copy.DestroyAsync(cancel: cancel);
        }
        catch (VireoException failure) when (failure.Code is ErrorCode.OperationInvalid)
        {
            await output.WriteLineAsync($"not now: {failure.Message}");
        }
        finally
        {
            await copy.UndefineAsync(cancel: cancel);
        }
    }
    // </example>
}
