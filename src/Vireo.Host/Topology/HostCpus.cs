using System.Globalization;

namespace Vireo.Host.Topology;

/// <summary>Where a CPU is; null in <see cref="HostCpus.Place"/> if it is offline.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Socket">Its package.</param>
/// <param name="Die">The die in the package.</param>
/// <param name="Core">The core in the die.</param>
/// <param name="Siblings">The CPUs of the same core, itself included.</param>
public sealed record CpuPlace(int Id, int Socket, int Die, int Core, IReadOnlyList<int> Siblings);

/// <summary>The host's CPUs as sysfs shows them.</summary>
public sealed class HostCpus(HostTree tree)
{
    const string Folder = "/sys/devices/system/cpu";

    /// <summary>All that are plugged in.</summary>
    public IReadOnlyList<int> Present => tree.List($"{Folder}/present") ?? tree.Numbered(Folder, "cpu");

    /// <summary>Those that run.</summary>
    public IReadOnlyList<int> Online =>
        tree.List($"{Folder}/online") ?? [.. Present.Where(id => tree.Number($"{Folder}/cpu{id}/online") is null or 1)];

    /// <summary>Where a CPU is; null if it is offline.</summary>
    public CpuPlace? Place(int id)
    {
        string topology = $"{Folder}/cpu{id}/topology";
        if (tree.Number($"{topology}/physical_package_id") is not { } socket || tree.Number($"{topology}/core_id") is not { } core)
            return null;
        IReadOnlyList<int> siblings = tree.List($"{topology}/thread_siblings_list") ?? Mask(tree.Text($"{topology}/thread_siblings")) ?? [id];
        long die = tree.Number($"{topology}/die_id") ?? 0;
        return new CpuPlace(id, AtLeast0(socket), AtLeast0(die), AtLeast0(core), siblings);
    }

    // Firmware that does not tell gives -1.
    static int AtLeast0(long value) => (int)Math.Max(value, 0);

    static List<int>? Mask(string? text)
    {
        if (text is null)
            return null;
        List<int> members = [];
        string[] words = text.Split(',');
        for (int word = 0; word < words.Length; word++)
        {
            uint bits = uint.Parse(words[words.Length - 1 - word], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (int bit = 0; bit < 32; bit++)
                if ((bits >> bit & 1) != 0)
                    members.Add(word * 32 + bit);
        }
        return members;
    }
}
