using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Save;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Memory of guests in files, for debuggers.</summary>
sealed class CoreDumps(QemuConnection connection) : IDomainCoreDump, IDomainCoreDumpFormats
{
    const DomainCoreDumpFlags Known = DomainCoreDumpFlags.Live | DomainCoreDumpFlags.Crash | DomainCoreDumpFlags.BypassCache | DomainCoreDumpFlags.Reset | DomainCoreDumpFlags.MemoryOnly;

    public ValueTask DumpCoreAsync(DomainRef domain, string to, DomainCoreDumpFlags flags, CancellationToken cancel) =>
        DumpAsync(domain, to, DomainCoreDumpFormat.Raw, flags, "virDomainCoreDump", cancel);

    public ValueTask DumpCoreAsync(DomainRef domain, string to, DomainCoreDumpFormat format, DomainCoreDumpFlags flags, CancellationToken cancel) =>
        DumpAsync(domain, to, format, flags, "virDomainCoreDumpWithFormat", cancel);

    async ValueTask DumpAsync(DomainRef domain, string to, DomainCoreDumpFormat format, DomainCoreDumpFlags flags, string function, CancellationToken cancel)
    {
        if (!Enum.IsDefined(format))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"dumpformat '{(int)format}' is not supported");
        NotBoth(flags, DomainCoreDumpFlags.Crash, "VIR_DUMP_CRASH", DomainCoreDumpFlags.Live, "VIR_DUMP_LIVE");
        NotBoth(flags, DomainCoreDumpFlags.Crash, "VIR_DUMP_CRASH", DomainCoreDumpFlags.Reset, "VIR_DUMP_RESET");
        NotBoth(flags, DomainCoreDumpFlags.Live, "VIR_DUMP_LIVE", DomainCoreDumpFlags.Reset, "VIR_DUMP_RESET");
        flags.Only(Known, "qemuDomainCoreDumpWithFormat");
        if (format is not DomainCoreDumpFormat.Raw && !flags.HasFlag(DomainCoreDumpFlags.MemoryOnly))
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, "kdump-compressed format is only supported with memory-only dump");
        await using var job = await connection.Get(domain).EnterAsync(AsyncJob.Dump, connection.As(function["vir".Length..]), JobMask.Default, cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsActive)
            throw MachineErrors.NotRunning();
        await CoreDump.RunAsync(connection.Keeper, job, new CoreOrder(to, format, flags), cancel).ConfigureAwait(false);
    }

    static void NotBoth(DomainCoreDumpFlags flags, DomainCoreDumpFlags one, string oneName, DomainCoreDumpFlags other, string otherName)
    {
        if (flags.HasFlag(one) && flags.HasFlag(other))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"Flags '{oneName}' and '{otherName}' are mutually exclusive");
    }
}
