using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Advice;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Cpus;

/// <summary>
/// <c>vireo cpu explain</c>, <c>baseline</c> and <c>map diff</c>: advice on CPU models from documents, or from daemons where a URI is given.
/// virsh does not have them.
/// </summary>
static class CpuCommands
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>The command or a document makes no sense.</summary>
    public const int Unusable = 1;

    /// <summary>There is no such file.</summary>
    public const int NoFile = 2;

    /// <summary>The guest does not run on some host, or the hosts have nothing in common.</summary>
    public const int DoesNotRun = 3;

    const string Usage = """
        usage: vireo cpu explain GUEST --for HOST... [--release RELEASE] [--cpu-map RELEASE] [-c URI] [--format text|json]
               vireo cpu baseline --hosts HOST... [--unmigratable] [--cpu-map RELEASE] [--format text|json|xml]
               vireo cpu map diff RELEASE RELEASE [--format text|json]
          GUEST       a file with a domain or a <cpu>, or the name of a domain of the connection -c
          HOST        a file with capabilities, domain capabilities or a host's <cpu>; two of one host joined by a comma; or a URI
          --release   the libvirt release of the hosts (default: that of the map; a daemon says its own)
          --cpu-map   what models mean here: a libvirt release, or newest (default: 9.0.0)
        """;

    /// <summary>Whether these are the arguments of one of these commands.</summary>
    public static bool Knows(IReadOnlyList<string> arguments) => arguments is ["cpu", ..];

    /// <summary>Runs it; the result is the exit code.</summary>
    public static async ValueTask<int> RunAsync(ShellProgram.Surroundings here)
    {
        try
        {
            CpuRequest? request = CpuRequest.Parse([.. here.Arguments.Skip(1)]);
            return request switch
            {
                { Command: "explain" } => await ExplainAsync(here, request),
                { Command: "baseline" } => await BaselineAsync(here, request),
                { Command: "diff" } => Diff(here, request),
                _ => Complain(here, Usage, Unusable),
            };
        }
        catch (FileNotFoundException missing)
        {
            return Complain(here, $"vireo: {missing.FileName}: there is no such file", NoFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or VireoException or CommandFailure)
        {
            return Complain(here, $"vireo: {failure.Message}", Unusable);
        }
    }

    static async ValueTask<int> ExplainAsync(ShellProgram.Surroundings here, CpuRequest request)
    {
        X86Cpus x86 = CpuMap.Of(request.Map).X86, newest = CpuMap.Of(CpuMap.Newest).X86;
        var documents = new CpuDocuments(here.Open, request.Connect);
        GuestWish guest = await documents.GuestAsync(request.Words[0]);
        var explainer = new CpuExplainer(x86, newest);
        var verdicts = new List<CpuVerdict>();
        foreach (string word in request.Hosts)
        {
            (HostView host, MapRelease? own) = await documents.HostAsync(word);
            if (guest.Cpu is not null && host.Best is null)
                return Unknown(here, host);
            X86Cpus? peer = (request.Release ?? own) is { } release && release != request.Map ? CpuMap.Of(release).X86 : null;
            verdicts.Add(new CpuVerdict(host, guest.Cpu is null ? [] : explainer.Explain(guest.Cpu, host, peer)));
        }
        if (request.Format == "json")
            CpuJson.Write(here.Output, guest, verdicts);
        else
            CpuText.Write(here.Output, guest, verdicts);
        return verdicts.TrueForAll(static v => v.Runs) ? Fine : DoesNotRun;
    }

    static async ValueTask<int> BaselineAsync(ShellProgram.Surroundings here, CpuRequest request)
    {
        X86Cpus x86 = CpuMap.Of(request.Map).X86;
        var documents = new CpuDocuments(here.Open, request.Connect);
        var hosts = new List<HostView>();
        foreach (string word in request.Hosts)
            hosts.Add((await documents.HostAsync(word)).Host);
        if (hosts.Find(static h => h.Best is null) is { } unknown)
            return Unknown(here, unknown);
        FleetBaseline found;
        try
        {
            found = FleetBaseline.Of(x86, hosts, !request.Unmigratable);
        }
        catch (VireoException nothing) when (nothing.Error.Code is ErrorCode.OperationFailed)
        {
            return Complain(here, $"vireo: {nothing.Message}: there is no definition that runs on all of these hosts", DoesNotRun);
        }
        switch (request.Format)
        {
            case "json": CpuJson.Write(here.Output, found); break;
            case "xml": here.Output.Write(CpuText.Xml(found.Cpu)); break;
            default: CpuText.Write(here.Output, found); break;
        }
        return Fine;
    }

    static int Diff(ShellProgram.Surroundings here, CpuRequest request)
    {
        if (request.Words is not [var from, var to])
            return Complain(here, Usage, Unusable);
        if (!MapRelease.TryParse(from, out MapRelease former))
            return NoRelease(here, from);
        if (!MapRelease.TryParse(to, out MapRelease latter))
            return NoRelease(here, to);
        var difference = MapDifference.Between(CpuMap.Of(former).X86.Map, CpuMap.Of(latter).X86.Map);
        if (request.Format == "json")
            CpuJson.Write(here.Output, former, latter, difference);
        else
            CpuText.Write(here.Output, former, latter, difference);
        return Fine;
    }

    static int Unknown(ShellProgram.Surroundings here, HostView host) =>
        Complain(here, $"vireo: {host.Name}: the host's CPU is not in there", Unusable);

    static int NoRelease(ShellProgram.Surroundings here, string word) =>
        Complain(here, $"vireo: {word}: no release of libvirt; give one such as 9.0.0, or newest", Unusable);

    static int Complain(ShellProgram.Surroundings here, string text, int code)
    {
        here.Errors.Write(text + "\n");
        return code;
    }
}
