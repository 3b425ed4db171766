using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Saves;

/// <summary>Dumps of a guest's memory, in which there is none.</summary>
sealed class CoreDumps(TestHost host) : DomainWork(host), IDomainCoreDump, IDomainCoreDumpFormats
{
    public ValueTask DumpCoreAsync(DomainRef domain, string to, DomainCoreDumpFlags flags, CancellationToken cancel) =>
        DumpCore(domain, to, DomainCoreDumpFormat.Raw, flags, "virDomainCoreDump");

    public ValueTask DumpCoreAsync(DomainRef domain, string to, DomainCoreDumpFormat format, DomainCoreDumpFlags flags, CancellationToken cancel) =>
        DumpCore(domain, to, format, flags, "virDomainCoreDumpWithFormat");

    ValueTask DumpCore(DomainRef domain, string to, DomainCoreDumpFormat format, DomainCoreDumpFlags flags, string function)
    {
        if (!Enum.IsDefined(format))
            throw TestErrors.Refused(ErrorDomain.Domain, $"dumpformat '{(int)format}' is not supported", "virDomainCoreDumpWithFormat", "flags");
        TestErrors.NotTogether(flags, DomainCoreDumpFlags.Crash, "VIR_DUMP_CRASH", DomainCoreDumpFlags.Live, "VIR_DUMP_LIVE", function);
        TestErrors.NotTogether(flags, DomainCoreDumpFlags.Live, "VIR_DUMP_LIVE", DomainCoreDumpFlags.Reset, "VIR_DUMP_RESET", function);
        flags.Only(DomainCoreDumpFlags.Crash, "testDomainCoreDumpWithFormat");
        DomainView dumped = SeeRunning(domain);
        // As with libvirt, found out only now.
        if (format is not DomainCoreDumpFormat.Raw)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Test, "kdump-compressed format is not supported here");
        SavedFile.Write(to, SavedFile.Dump, $"domain '{dumped.Name}' coredump: failed to open {to}");
        if (flags.HasFlag(DomainCoreDumpFlags.Crash))
        {
            lock (Host.Gate)
                Host.GetRunning(domain).Stop(Host, DomainShutoffReason.Crashed, DomainEventStoppedDetail.Crashed);
        }
        return default;
    }
}
