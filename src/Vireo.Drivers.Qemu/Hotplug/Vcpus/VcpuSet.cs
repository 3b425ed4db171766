using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Hotplug.Vcpus;

/// <summary>The virtual CPUs of a definition, one by one, and how many of them there are.</summary>
static class VcpuSet
{
    /// <summary>How many a machine can have.</summary>
    internal static uint Most(DomainDef machine) => machine.Vcpu?.Maximum ?? 1;

    /// <summary>How many it has.</summary>
    internal static uint Count(DomainDef machine) => machine.Vcpu?.Current ?? Most(machine);

    /// <summary>All, also those that are not there; whoever nobody says more of stays if it is there, and can come if it is not.</summary>
    internal static Vcpu[] Of(DomainDef machine)
    {
        uint count = Count(machine);
        var all = new Vcpu[Most(machine)];
        for (uint id = 0; id < all.Length; id++)
        {
            Vcpu one = machine.Vcpus.FirstOrDefault(v => v.Id == id) ?? new Vcpu { Id = id, Enabled = id < count };
            all[id] = one with { Hotpluggable = one.Hotpluggable ?? !one.Enabled };
        }
        return all;
    }

    /// <summary>The machine with other ones.</summary>
    internal static DomainDef With(DomainDef machine, IReadOnlyList<Vcpu> all, bool isListed)
    {
        uint count = (uint)all.Count(static v => v.Enabled), most = (uint)all.Count;
        return machine with
        {
            Vcpu = (machine.Vcpu ?? new VcpuCount()) with { Current = count == most ? null : count, Maximum = most },
            Vcpus = isListed ? [.. all] : [],
        };
    }

    /// <summary>The definition with another number of them: the first that are missing come, or the last that may go.</summary>
    /// <param name="machine">The definition.</param>
    /// <param name="count">How many.</param>
    /// <param name="hotpluggable">Those that come can go again while the machine runs.</param>
    internal static DomainDef WithCount(DomainDef machine, uint count, bool hotpluggable)
    {
        Vcpu[] all = [.. Of(machine).Select(static v => v with { Order = null })];
        uint now = Count(machine);
        bool isListed = !machine.Vcpus.IsEmpty || hotpluggable && count > now;
        for (int i = 0; i < all.Length && now < count; i++)
        {
            if (all[i].Enabled)
                continue;
            all[i] = all[i] with { Enabled = true, Hotpluggable = hotpluggable };
            now++;
        }
        foreach (bool any in (ReadOnlySpan<bool>)[false, true])
            for (int i = all.Length - 1; i > 0 && now > count; i--)
            {
                if (!all[i].Enabled || !any && all[i].Hotpluggable is not true)
                    continue;
                all[i] = all[i] with { Enabled = false, Hotpluggable = true };
                now--;
            }
        return With(machine, all, isListed);
    }

    /// <summary>The definition with another most of them.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: the topology of the processor says otherwise.</exception>
    internal static DomainDef WithMost(DomainDef machine, uint most)
    {
        if (machine.Cpu?.Topology is { } topology && topology.Total != most)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "CPU topology doesn't match the desired vcpu count");
        Vcpu[] old = Of(machine);
        Vcpu[] all = new Vcpu[most];
        for (uint id = 0; id < most; id++)
            all[id] = id < old.Length ? old[id] : new Vcpu { Id = id, Enabled = false, Hotpluggable = true };
        return With(machine, all, !machine.Vcpus.IsEmpty);
    }

    /// <summary>The definition with some of them there or not.</summary>
    /// <exception cref="VireoException">One of them cannot change.</exception>
    internal static DomainDef WithState(DomainDef machine, CpuSet which, bool there)
    {
        Vcpu[] all = Of(machine);
        if (which.Contains(0))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "vCPU '0' can't be modified");
        bool needed = false;
        for (int i = all.Length - 1; i >= 0; i--)
        {
            if (which.Contains(i) && needed && !there)
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vCPU '{i}' can't be modified as it is followed by non-hotpluggable online vCPUs");
            needed |= all[i].Enabled && all[i].Hotpluggable is false && !which.Contains(i);
        }
        return With(machine, [.. all.Select(v => which.Contains((int)v.Id) ? v with { Enabled = there, Hotpluggable = true, Order = null } : v with { Order = null })], isListed: true);
    }
}
