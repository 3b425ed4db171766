using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>The programs that stand between QEMU's stream and a file: the daemon itself is not in the way.</summary>
static class StatePrograms
{
    /// <summary>Copies or packs what comes in one descriptor into another.</summary>
    internal static async ValueTask<StateWriter> PackAsync(
        ProcessHost processes, SaveCompression how, System.Runtime.InteropServices.SafeHandle from, SafeFileHandle to, CancellationToken cancel)
    {
        string program = Find(how);
        SafeFileHandle complaints = FinishedPrograms.Memory();
        try
        {
            return new StateWriter(program, await StartAsync(processes, program, how is SaveCompression.Raw ? [] : ["-c"], from, to, complaints, cancel).ConfigureAwait(false), complaints);
        }
        catch
        {
            complaints.Dispose();
            throw;
        }
    }

    /// <summary>Unpacks a file into a pipe.</summary>
    internal static ValueTask<HostProcess> UnpackAsync(
        ProcessHost processes, SaveCompression how, SafeFileHandle from, SafeFileHandle to, CancellationToken cancel) =>
        StartAsync(processes, Find(how), how is SaveCompression.Lzop ? ["-dc", "--ignore-warn"] : ["-dc"], from, to, null, cancel);

    /// <summary>Is the program there?</summary>
    internal static bool IsThere(SaveCompression how) => ProgramOutput.Find(NameOf(how)) is not null;

    static string Find(SaveCompression how) => ProgramOutput.Find(NameOf(how))
        ?? throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"Compression program for save image format {NameOf(how)} isn't available");

    static string NameOf(SaveCompression how) => how switch
    {
        SaveCompression.Raw => "cat",
        SaveCompression.Gzip => "gzip",
        SaveCompression.Bzip2 => "bzip2",
        SaveCompression.Xz => "xz",
        SaveCompression.Lzop => "lzop",
        _ => throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"Invalid compressed save format {(uint)how}"),
    };

    static async ValueTask<HostProcess> StartAsync(
        ProcessHost processes, string program, IReadOnlyList<string> arguments, System.Runtime.InteropServices.SafeHandle from, SafeFileHandle to,
        SafeFileHandle? complaints, CancellationToken cancel) => await processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = arguments,
            Environment = [new("LC_ALL", "C"), new("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")],
            Descriptors = [new(from, 0), new(to, 1), .. complaints is null ? [] : new[] { new PassedDescriptor(complaints, 2) }],
        }, cancel).ConfigureAwait(false);
}
