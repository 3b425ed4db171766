using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Domain;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Migrations;

/// <summary><c>vireo migrate --explain</c>: all that stands against a migration, with what helps, and nothing moves. virsh does not have it.</summary>
static class MigrateCommand
{
    /// <summary>Nothing stands against it.</summary>
    public const int Fine = 0;

    /// <summary>The command makes no sense, or a daemon cannot be asked.</summary>
    public const int Unusable = 1;

    /// <summary>Something does.</summary>
    public const int Hindered = 3;

    const string Usage = """
        usage: vireo migrate --explain DOMAIN TARGET-URI [-c URI] [OPTIONS]
          OPTIONS     those of virsh migrate that matter: --live --offline --persistent --p2p --tunnelled --tls --parallel --postcopy --unsafe
                      --copy-storage-all --copy-storage-inc --migrate-disks A,B --disks-port N --disks-uri URI --migrateuri URI --dname NAME --xml FILE
        """;

    /// <summary>Whether these are its arguments.</summary>
    public static bool Knows(IReadOnlyList<string> arguments) => arguments is ["migrate", ..] && arguments.Contains("--explain");

    /// <summary>Runs it; the result is the exit code.</summary>
    public static async ValueTask<int> RunAsync(ShellProgram.Surroundings here)
    {
        if (MigrateRequest.Parse([.. here.Arguments.Skip(1)]) is not { } request)
        {
            here.Errors.WriteLine(Usage);
            return Unusable;
        }
        try
        {
            var found = await FindAsync(here, request);
            if (found.Count == 0)
            {
                here.Output.WriteLine($"{request.Domain}: nothing keeps it from {request.Target}");
                return Fine;
            }
            here.Output.WriteLine($"{request.Domain}: {found.Count} thing{(found.Count == 1 ? " keeps" : "s keep")} it from {request.Target}");
            foreach (var (side, one) in found)
            {
                here.Output.WriteLine($"  {side}  {one.What}");
                here.Output.WriteLine($"          what helps: {one.Remedy}");
            }
            return Hindered;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or VireoException or CommandFailure)
        {
            here.Errors.WriteLine($"vireo: {failure.Message}");
            return Unusable;
        }
    }

    static async ValueTask<List<(string Side, MigrationHindrance What)>> FindAsync(ShellProgram.Surroundings here, MigrateRequest request)
    {
        var found = new List<(string, MigrationHindrance)>();
        await using IDriverConnection source = await here.Open(request.Connect, readOnly: false, TimeSpan.Zero, 0);
        var calls = new Calls(source.Capabilities, readOnly: false);
        DomainRef domain = await calls.Read<IDomainLookup>("virDomainLookupByName").LookupByNameAsync(request.Domain, default);
        if (await AskAsync(source, advice => advice.ExplainDepartureAsync(domain, [.. request.Parameters], request.Flags, default)) is { } leaving)
            found.AddRange(leaving.Select(static one => ("source", one)));
        else
            here.Errors.WriteLine("vireo: the source's daemon does not say what keeps a machine there; only the target is looked at");
        string xml = request.Xml is { } file ? await File.ReadAllTextAsync(file)
            : await calls.Read<IDomainInfo>("virDomainGetXMLDesc").GetXmlAsync(domain, DomainXmlFlags.Migratable | DomainXmlFlags.Secure, default);
        DomainDef def = DomainDef.Parse(xml);
        await using IDriverConnection target = await here.Open(request.Target, readOnly: false, TimeSpan.Zero, 0);
        if (await AskAsync(target, advice => advice.ExplainArrivalAsync(xml, [.. request.Parameters], request.Flags, default)) is { } coming)
            found.AddRange(coming.Select(static one => ("target", one)));
        else
            await foreach (var one in TargetChecks.PlainAsync(target, def, request.Domain)) found.Add(("target", one));
        await foreach (var one in TargetChecks.NetworksAsync(target, def)) found.Add(("target", one));
        return found;
    }

    // Stock daemons have no such program.
    static async ValueTask<MigrationHindrance[]?> AskAsync(IDriverConnection side, Func<IMigrationAdvice, ValueTask<MigrationHindrance[]>> ask)
    {
        if (side.Capabilities.Find<IMigrationAdvice>() is not { } advice) return null;
        try
        {
            return await ask(advice);
        }
        catch (VireoException e) when (e.Error.Domain is ErrorDomain.Rpc || e.Code is ErrorCode.NoSupport)
        {
            return null;
        }
    }
}
