using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Talking to QEMU itself, past the daemon.</summary>
[Capability(ErrorDomain.None, Program = WireProgram.Qemu)]
public interface IQemuMonitor
{
    /// <summary>Runs a command, in JSON or (by flag) as a person would type it. The domain counts as tainted from then on.</summary>
    [Procedure(1, Write = true), CExport("virDomainQemuMonitorCommand")]
    [Acl(DomainRight.Write)]
    ValueTask<string> RunMonitorCommandAsync(DomainRef domain, string command, QemuMonitorCommandFlags flags, CancellationToken cancel);
}

/// <summary>Handing descriptors to QEMU, past the daemon.</summary>
[Capability(ErrorDomain.None, Program = WireProgram.Qemu)]
public interface IQemuMonitorFiles
{
    /// <summary>Runs a command with descriptors for QEMU; it may send some back.</summary>
    [Procedure(7, Write = true), CExport("virDomainQemuMonitorCommandWithFiles")]
    [Acl(DomainRight.Write)]
    ValueTask<WithFiles<string>> RunMonitorCommandAsync(
        DomainRef domain, string command, SafeFileHandle[] files, QemuMonitorCommandFlags flags, CancellationToken cancel);
}

/// <summary>Talking to the guest's agent, past the daemon.</summary>
[Capability(ErrorDomain.None, Program = WireProgram.Qemu)]
public interface IQemuAgent
{
    /// <summary>Runs a command, in JSON; the timeout is in seconds, or a <see cref="DomainAgentTimeout"/>.</summary>
    [Procedure(3, Write = true), CExport("virDomainQemuAgentCommand")]
    [Acl(DomainRight.Write)]
    ValueTask<string?> RunAgentCommandAsync(DomainRef domain, string command, int timeout, uint flags, CancellationToken cancel);
}

/// <summary>Taking over QEMU processes that somebody else started.</summary>
[Capability(ErrorDomain.None, Program = WireProgram.Qemu)]
public interface IQemuAttach
{
    /// <summary>Makes a domain of a process.</summary>
    [Procedure(2, Write = true), CExport("virDomainQemuAttach")]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask<DomainRef> AttachProcessAsync(uint process, uint flags, CancellationToken cancel);
}

/// <summary>QEMU's own events, as its monitor tells them. Subscribing never blocks.</summary>
[Capability(ErrorDomain.None, Program = WireProgram.Qemu)]
public interface IQemuMonitorEvents
{
    /// <summary>
    /// Calls <paramref name="sink"/> for each event of one domain or of all, of one name or of all, until disposed. With flags the name is
    /// a regular expression.
    /// </summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(
        DomainRef? only, string? name, QemuMonitorEventFlags flags, Action<QemuMonitorEvent> sink, CancellationToken cancel);
}

/// <summary>An event of QEMU's monitor.</summary>
public abstract record QemuEvent
{
    /// <summary>Of which domain.</summary>
    public abstract DomainRef Domain { get; init; }
}

/// <summary>What the monitor said: a name, the time in seconds since 1970 and microseconds, and the data as JSON.</summary>
[Event(0, 6, Program = WireProgram.Qemu)]
public sealed record QemuMonitorEvent(DomainRef Domain, string Name, long Seconds, uint Microseconds, string? Details) : QemuEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
}
