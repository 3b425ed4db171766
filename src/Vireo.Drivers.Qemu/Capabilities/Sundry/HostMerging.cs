using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Topology;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>How the host's kernel merges equal pages of memory.</summary>
sealed class HostMerging(HostTree tree) : INodeMemoryParameters
{
    const string Folder = "/sys/kernel/mm/ksm";

    static readonly (string File, bool IsCounter, bool CanBeSet)[] all =
    [
        ("pages_to_scan", false, true), ("sleep_millisecs", false, true), ("pages_shared", true, false), ("pages_sharing", true, false),
        ("pages_unshared", true, false), ("pages_volatile", true, false), ("full_scans", true, false), ("merge_across_nodes", false, true),
    ];

    public ValueTask<TypedParameter[]> GetMemoryParametersAsync(uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("virHostMemGetParameters", flags, ErrorDomain.None);
        List<TypedParameter> told = [];
        foreach (var (file, isCounter, _) in all)
            if (tree.Number($"{Folder}/{file}") is { } value)
                told.Add(isCounter ? new($"shm_{file}", (ulong)value) : new($"shm_{file}", (uint)value));
        return new([.. told]);
    }

    public ValueTask SetMemoryParametersAsync(TypedParameter[] parameters, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("virHostMemSetParameters", flags, ErrorDomain.None);
        ParameterRules.Check(parameters, [.. all.Where(static one => one.CanBeSet).Select(static one => ($"shm_{one.File}", ParameterType.UInt))]);
        foreach (TypedParameter one in parameters)
            if (!File.Exists(PathOf(one.Name)))
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.None, $"Parameter '{one.Name}' is not supported by this kernel");
        foreach (TypedParameter one in parameters)
            Write(PathOf(one.Name), one);
        return default;
    }

    static string PathOf(string name) => Path.Join(Folder, name["shm_".Length..]);

    static void Write(string path, TypedParameter one)
    {
        try
        {
            File.WriteAllText(path, one.AsUInt.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.None, e is UnauthorizedAccessException ? 13 : 22, $"failed to set {one.Name}");
        }
    }
}
