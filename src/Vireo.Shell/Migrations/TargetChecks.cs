using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Shell.Migrations;

/// <summary>What any daemon, stock libvirtd too, lets a client find out about a machine that is to come.</summary>
static class TargetChecks
{
    /// <summary>Asks for the machine's networks, which no hypervisor driver has.</summary>
    public static async IAsyncEnumerable<MigrationHindrance> NetworksAsync(IDriverConnection target, DomainDef def)
    {
        if (target.Capabilities.Find<INetworkLookup>() is not { } lookup || target.Capabilities.Find<INetworkInfo>() is not { } info) yield break;
        foreach (string name in def.Devices.Interfaces.ToArray().Select(static card => (card.Source as InterfaceSource.OfNetwork)?.Network).OfType<string>().Distinct())
        {
            string? why = null;
            try
            {
                NetworkRef network = await lookup.LookupByNameAsync(name, default);
                if (!await info.IsActiveAsync(network, default)) why = $"network '{name}' is not active at the target";
            }
            catch (VireoException e)
            {
                why = e.Message;
            }
            if (why is not null) yield return new(why, $"virsh net-define and net-start {name} there, or name another network by --xml");
        }
    }

    /// <summary>Asks a daemon that has no advice of its own.</summary>
    public static async IAsyncEnumerable<MigrationHindrance> PlainAsync(IDriverConnection target, DomainDef def, string name)
    {
        if (await TryAsync(async () =>
        {
            DomainRef same = await target.Capabilities.Find<IDomainLookup>()!.LookupByUuidAsync(def.Uuid ?? default, default);
            return await target.Capabilities.Find<IDomainInfo>()!.IsActiveAsync(same, default);
        }) is (true, _))
            yield return new($"domain '{name}' with its uuid is already active there", "end that one");
        if (target.Capabilities.Find<IDomainCapabilities>() is { } offers
            && await TryAsync(() => offers.GetDomainCapabilitiesAsync(def.Devices.Emulator, def.Os.Arch, def.Os.Machine, def.Type.ToXml(), 0, default)) is (_, { } refused))
            yield return new(refused.Message, "install the emulator with that machine type there, or name another by --xml");
        if (target.Capabilities.Find<IHypervisorCpus>() is { } cpus && def.Cpu is { Mode: CpuMode.Custom, Model: not null } cpu
            && await TryAsync(() => cpus.CompareHypervisorCpuAsync(def.Devices.Emulator, def.Os.Arch, def.Os.Machine, def.Type.ToXml(), Text(cpu with { Numa = null }), ConnectCompareCpuFlags.FailIncompatible, default)) is (_, { } other))
            yield return new(other.Message, "vireo cpu explain says which of its features are in the way, and vireo cpu baseline which CPU runs on both hosts");
        foreach (string pool in def.Devices.Disks.ToArray().Select(static d => (d.Source as DiskSource.OfVolume)?.Pool).OfType<string>().Distinct())
            if (target.Capabilities.Find<IStoragePoolLookup>() is { } pools && await TryAsync(() => pools.LookupByNameAsync(pool, default)) is (_, { } missing))
                yield return new(missing.Message, $"virsh pool-define and pool-start {pool} there");
    }

    static string Text(CpuDef cpu)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        cpu.WriteXml(output);
        return output.ToString();
    }

    static async ValueTask<(T? Result, VireoException? Failure)> TryAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            return (await ask(), null);
        }
        catch (VireoException e)
        {
            return (default, e);
        }
    }
}
