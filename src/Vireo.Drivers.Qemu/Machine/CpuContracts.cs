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
    internal CpuDef Reword(GuestContract contract, CpuDef cpu, CpuDef? asked) => cpu.With(Render(contract, cpu, asked, map).Cpu);

    /// <summary>
    /// Who reads what a guest is if nobody said who: a daemon of the release that we say we are, or of this one's map if that is older. Whatever such a daemon is
    /// told, a newer one understands.
    /// </summary>
    internal CpuMap Anybody => map.Release < CpuMap.DefaultRelease ? map : CpuMap.Default;

    /// <summary>What models mean to a daemon of a release.</summary>
    internal CpuMap Of(MapRelease release) => release == map.Release && !map.IsCustom ? map : CpuMap.Of(release);

    /// <summary>A running guest's CPU as somebody else has to be told it, and what was asked for likewise.</summary>
    /// <param name="cpu">The guest's; null: it has none of its own.</param>
    /// <param name="live">The guest.</param>
    /// <param name="peer">What models mean to who is told; null: <see cref="Anybody"/>.</param>
    internal (CpuDef? Cpu, CpuDef? Asked) For(CpuDef? cpu, LiveQemu? live, CpuMap? peer)
    {
        peer ??= Anybody;
        CpuDef? asked = live?.CpuBefore;
        if (ReferenceEquals(peer, map) || live?.Contract is not { } contract || cpu is null || !QemuGuest.IsManaged(cpu))
            return (cpu, asked);
        // Who does not know the model refuses it in any words, and a newer one takes it in ours.
        return Render(contract, cpu, asked, peer) is { KnowsModel: true } told
            ? (cpu.With(told.Cpu), asked is null || !QemuGuest.IsManaged(asked) ? asked : asked.With(new PeerRendering(newest.Value).WishFor(contract, asked.ToSpec(), peer.X86))) : (cpu, asked);
    }

    static PeerCpu Render(GuestContract contract, CpuDef cpu, CpuDef? asked, CpuMap peer) =>
        new PeerRendering(newest.Value).For(contract, cpu.ToSpec(), asked?.ToSpec(), peer.X86);
}
