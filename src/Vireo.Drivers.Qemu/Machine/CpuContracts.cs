using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>
/// What running guests see of their CPUs, kept beside their statuses in words that no map has to agree about: NAME.cpu, one line. It is there as long
/// as the guest runs.
/// </summary>
sealed class CpuContracts(DriverPaths paths, CpuMap map)
{
    // The newest map has the most names. It is read once, before a guest needs it.
    static readonly Lazy<X86Cpus> newest = new(static () => CpuMap.Of(CpuMap.Newest).X86);

    /// <summary>The features that can be told apart.</summary>
    internal static X86Map Names => newest.Value.Map;

    /// <summary>Reads the map that names the features.</summary>
    internal static void Prepare() => _ = newest.Value;

    /// <summary>Notes what a guest sees.</summary>
    internal GuestContract Write(string name, string model, QemuLiveCpu live)
    {
        var contract = GuestContract.Of(model, live, Names);
        AtomicFile.MakeFolder(paths.StateDir);
        AtomicFile.Write(paths.CpuFile(name), $"{contract}\n", durable: false);
        return contract;
    }

    /// <summary>What a guest sees that a daemon before this one started; null: nobody noted it.</summary>
    internal GuestContract? Read(string name)
    {
        try
        {
            return GuestContract.Parse(File.ReadAllText(paths.CpuFile(name)).TrimEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Forgets it.</summary>
    internal void Delete(string name)
    {
        if (Directory.Exists(paths.StateDir))
            AtomicFile.Delete(paths.CpuFile(name), durable: false);
    }

    /// <summary>Whether a definition means by this daemon's map what the guest sees.</summary>
    internal bool Means(GuestContract contract, CpuDef cpu)
    {
        try
        {
            return PeerRendering.Differences(contract, cpu.ToSpec(), map.X86).Count == 0;
        }
        catch (VireoException)
        {
            return false;       // the map does not know a name in it
        }
    }

    /// <summary>A definition that was made by another map, in words that mean by this daemon's map what the guest sees.</summary>
    /// <param name="contract">What it sees.</param>
    /// <param name="cpu">The definition.</param>
    /// <param name="asked">What was asked for: such features stay mentioned.</param>
    internal CpuDef Reword(GuestContract contract, CpuDef cpu, CpuDef? asked) =>
        cpu.With(new PeerRendering(newest.Value).For(contract, cpu.ToSpec(), asked?.ToSpec(), map.X86).Cpu);
}
