using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>A program that writes a machine's state into a file.</summary>
/// <param name="program">Its path.</param>
/// <param name="process">The process.</param>
/// <param name="complaints">What it complains of.</param>
sealed class StateWriter(string program, HostProcess process, SafeFileHandle complaints) : IDisposable
{
    /// <summary>Waits for its end. Where it fails QEMU can only tell that nobody takes the state any more: why, the program says.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED: the file is not whole.</exception>
    internal async ValueTask FinishAsync(string file, CancellationToken cancel)
    {
        ExitStatus status = await process.Exited.WaitAsync(cancel).ConfigureAwait(false);
        if (status.IsSuccess)
            return;
        string said = FinishedPrograms.Text(complaints).Trim();
        if (said.StartsWith(program + ": ", StringComparison.Ordinal))
            said = said[(program.Length + 2)..];
        throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"{program}: failure with {file}: {(said.Length > 0 ? said : status.ToString())}");
    }

    /// <summary>Ends it.</summary>
    internal Task EndAsync(TimeProvider time) => process.EndAsync(TimeSpan.Zero, time, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Dispose();
        complaints.Dispose();
    }
}
