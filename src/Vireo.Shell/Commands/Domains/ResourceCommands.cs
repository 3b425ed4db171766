using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>How much memory and how many processors a domain has.</summary>
static class ResourceCommands
{
    static readonly OptionDef config = OptionDef.Flag("config", "at every start"), live = OptionDef.Flag("live", "now"),
        current = OptionDef.Flag("current", "now if it runs, else at every start");

    static readonly (string, string)[] oneTime = [("current", "live"), ("current", "config")];

    public static CommandDef[] All { get; } =
    [
        new("setmaxmem", "change the most memory of a domain", SetMaxMem, OptionDef.Domain, OptionDef.Alias("kilobytes", "size"),
            OptionDef.Data("size", "how much, in KiB or with a unit"), config, live, current) { Description = "Changes how much memory a domain may have.", Exclusive = oneTime },
        new("setmem", "change the memory of a domain", SetMem, OptionDef.Domain, OptionDef.Alias("kilobytes", "size"),
            OptionDef.Data("size", "how much, in KiB or with a unit"), config, live, current) { Description = "Changes how much memory a domain has now.", Exclusive = oneTime },
        new("setvcpus", "change the number of virtual CPUs", SetVcpus, OptionDef.Domain, OptionDef.Data("count", "how many"),
            OptionDef.Flag("maximum", "the most there can be"), config, live, current, OptionDef.Flag("guest", "by the guest's agent"),
            OptionDef.Flag("hotpluggable", "such as can be taken out"))
        {
            Description = "Changes how many virtual CPUs a domain has.",
            Exclusive = [.. oneTime, ("guest", "config")],
            Requires = [("maximum", "config")],
        },
    ];

    /// <summary>Which state is meant; null: nobody said.</summary>
    static DomainModificationImpact? Impact(CommandCall call)
    {
        DomainModificationImpact flags = (call.Has("config") ? DomainModificationImpact.Config : 0) | (call.Has("live") ? DomainModificationImpact.Live : 0);
        return flags is 0 && !call.Has("current") ? null : flags;
    }

    /// <summary>A size in KiB, rounded up.</summary>
    static ulong KibiBytes(CommandCall call)
    {
        string text = call.Needed("size");
        ulong bytes = Sizes.Parse(text, 1024, $"Scaled numeric value '{text}' for <size> option is malformed or out of range");
        return bytes / 1024 + (bytes % 1024 is 0 ? 0ul : 1);
    }

    static async ValueTask<bool> SetMem(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        await SetAsync(shell, domain, KibiBytes(call), (DomainMemoryFlags)(Impact(call) ?? DomainModificationImpact.Live));
        return true;
    }

    static async ValueTask<bool> SetMaxMem(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        ulong size = KibiBytes(call);
        await Attempt.To("Unable to change MaxMemorySize", () => SetAsync(shell, domain, size, (DomainMemoryFlags)(Impact(call) ?? 0) | DomainMemoryFlags.Maximum));
        return true;
    }

    static ValueTask SetAsync(ShellSession shell, DomainRef domain, ulong size, DomainMemoryFlags flags)
    {
        const string symbol = "virDomainSetMemoryFlags";
        return size is 0
            ? throw new VireoException(new VirError(ErrorCode.InvalidArg, ErrorDomain.None, $"memory in {symbol} must not be zero", Str1: symbol, Str2: "memory", Int1: 0, Int2: 0))
            : shell.Calls.Write<IDomainMemory>(symbol).SetMemoryAsync(domain, size, flags, default);
    }

    static async ValueTask<bool> SetVcpus(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        int count = call.Number("count") ?? 0;
        if (count < 0)
            throw new CommandFailure($"Numeric value '{call.Text("count")}' for <count> option is malformed or out of range");
        if (count is 0)
            throw new CommandFailure("Can't set 0 processors for a VM");
        DomainVcpuFlags beside = (call.Has("maximum") ? DomainVcpuFlags.Maximum : 0) | (call.Has("guest") ? DomainVcpuFlags.Guest : 0)
            | (call.Has("hotpluggable") ? DomainVcpuFlags.Hotpluggable : 0);
        IDomainVcpuChanges vcpus = shell.Calls.Write<IDomainVcpuChanges>(Impact(call) is null && beside is 0 ? "virDomainSetVcpus" : "virDomainSetVcpusFlags");
        if (Impact(call) is null && beside is 0)
            await vcpus.SetVcpuCountAsync(domain, (uint)count, default);
        else
            await vcpus.SetVcpuCountAsync(domain, (uint)count, (DomainVcpuFlags)(Impact(call) ?? 0) | beside, default);
        return true;
    }
}
