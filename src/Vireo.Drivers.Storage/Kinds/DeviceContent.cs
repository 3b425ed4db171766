using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Programs;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Storage.Kinds;

/// <summary>What is on a device already, as blkid tells it: nothing is overwritten that nobody said may be.</summary>
static class DeviceContent
{
    const int NothingFound = 2;

    /// <summary>The file system or partition table on a device; null: none.</summary>
    public static async ValueTask<string?> FindAsync(StoragePrograms programs, string device, CancellationToken cancel)
    {
        if (!File.Exists(device))
            throw Failed($"Failed to create filesystem probe for device {device}");
        FinishedProgram run = await programs.TryAsync("blkid", ["-p", "-o", "export", device], cancel).ConfigureAwait(false);
        if (run.Status.Code == NothingFound)
            return null;
        run.Checked();
        return ValueOf(run.Output, "PTTYPE") ?? ValueOf(run.Output, "TYPE");
    }

    /// <summary>Refuses a device that has something on it.</summary>
    /// <param name="programs">Programs.</param>
    /// <param name="device">The device.</param>
    /// <param name="format">What shall be made on it, by its pool's word.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask RequireEmptyAsync(StoragePrograms programs, string device, string format, CancellationToken cancel)
    {
        if (await FindAsync(programs, device, cancel).ConfigureAwait(false) is not { } there)
            return;
        throw new VireoException(ErrorCode.StoragePoolBuilt, ErrorDomain.Storage, there == ProbedAs(format)
            ? $"Device '{device}' already formatted using '{format}'"
            : $"Format of device '{device}' does not match the expected format '{format}', forced overwrite is necessary");
    }

    /// <summary>The probe's name for a pool's word.</summary>
    public static string ProbedAs(string format) => format switch
    {
        "dos" => "dos",
        "hfs+" => "hfsplus",
        "lvm2" => "LVM2_member",
        _ => format,
    };

    /// <summary>A probe that says nothing.</summary>
    public static VireoException Failed(string text) => new(ErrorCode.StorageProbeFailed, ErrorDomain.Storage, text);

    static string? ValueOf(string output, string name)
    {
        foreach (string line in output.Split('\n'))
            if (line.StartsWith(name + "=", StringComparison.Ordinal))
                return line[(name.Length + 1)..];
        return null;
    }
}
