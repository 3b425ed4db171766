using System.Runtime.InteropServices;

namespace Vireo.Host.Audit;

/// <summary>
/// The kernel's audit, through the system's libaudit: it knows what else belongs into a record (program, terminal, address) and what a
/// kernel's refusals mean. Loaded when it is opened.
/// </summary>
public sealed partial class KernelAudit : IDisposable
{
    const string Library = "libaudit.so.1";
    const int EINVAL = 22, EPROTONOSUPPORT = 93, EAFNOSUPPORT = 97;
    readonly int socket;

    KernelAudit(int socket) => this.socket = socket;

    /// <summary>Opens it.</summary>
    /// <param name="why">What is in the way.</param>
    /// <returns>Null: there is none, or we may not talk to it.</returns>
    public static KernelAudit? Open(out string why)
    {
        why = "Audit is not supported by the kernel";
        try
        {
            int socket = audit_open();
            if (socket >= 0)
                return new KernelAudit(socket);
            int errno = Marshal.GetLastPInvokeError();
            if (errno is not (EINVAL or EPROTONOSUPPORT or EAFNOSUPPORT))
                why = $"Unable to initialize audit layer: {Core.Errors.Errno.Text(errno)}";
        }
        catch (DllNotFoundException)
        {
            why = $"Audit is not available: there is no {Library}";
        }
        return null;
    }

    /// <summary>Sends a record.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="message">Its fields.</param>
    /// <param name="success">Whether what it tells of was done.</param>
    /// <returns>0, or the errno.</returns>
    public int Send(AuditKind kind, string message, bool success) =>
        audit_log_user_message(socket, (int)kind, message, null, null, null, success ? 1 : 0) < 0 ? Marshal.GetLastPInvokeError() : 0;

    /// <inheritdoc/>
    public void Dispose() => audit_close(socket);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int audit_open();

    [LibraryImport(Library)]
    private static partial void audit_close(int socket);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int audit_log_user_message(int socket, int kind, string message, string? host, string? address, string? terminal, int result);
}
