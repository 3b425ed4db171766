using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;

namespace Vireo.Host.Audit;

/// <summary>Where a daemon writes its audit records: to the kernel, to its own log, to both or to neither.</summary>
public sealed partial class AuditTrail : IDisposable
{
    readonly KernelAudit? kernel;
    readonly bool logged;
    readonly ILogger log;

    AuditTrail(KernelAudit? kernel, bool logged, ILogger log) => (this.kernel, this.logged, this.log) = (kernel, logged, log);

    /// <summary>Writes nothing.</summary>
    public static AuditTrail None { get; } = new(null, false, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    /// <summary>What a daemon's configuration asks for.</summary>
    /// <param name="level">audit_level: 0 asks nothing of the kernel, 1 uses its audit if there is one, 2 cannot do without.</param>
    /// <param name="logged">audit_logging: records also stand in the log.</param>
    /// <param name="log">The log.</param>
    /// <exception cref="VireoException">The level is 2, and there is no audit.</exception>
    public static AuditTrail Open(int level, bool logged, ILogger log)
    {
        string why = "";
        KernelAudit? kernel = level > 0 ? KernelAudit.Open(out why) : null;
        if (kernel is null && level > 0)
        {
            if (level > 1)
                throw VireoException.Internal(ErrorDomain.Audit, why);
            Absent(log, why);
        }
        return new AuditTrail(kernel, logged, log);
    }

    /// <summary>Somebody reads what is written, so that it is worth putting together.</summary>
    public bool IsOn => kernel is not null || logged;

    /// <summary>Writes a record. What cannot be sent is said in the log: nothing stops for it, as with libvirt.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="message">Its fields.</param>
    /// <param name="success">Whether what it tells of was done.</param>
    public void Write(AuditKind kind, string message, bool success)
    {
        if (logged && success)
            Done(log, message);
        else if (logged)
            NotDone(log, message);
        if (kernel is not null && kernel.Send(kind, message, success) is not 0 and var errno)
            NotSent(log, message, Errno.Text(errno));
    }

    /// <inheritdoc/>
    public void Dispose() => kernel?.Dispose();

    [LoggerMessage(2700, LogLevel.Information, "{Why}: nothing is audited")]
    private static partial void Absent(ILogger logger, string why);

    [LoggerMessage(2701, LogLevel.Information, "success=yes {Message}")]
    private static partial void Done(ILogger logger, string message);

    [LoggerMessage(2702, LogLevel.Warning, "success=no {Message}")]
    private static partial void NotDone(ILogger logger, string message);

    [LoggerMessage(2703, LogLevel.Warning, "Failed to send audit message {Message}: {Why}")]
    private static partial void NotSent(ILogger logger, string message, string why);
}
