using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Hotplug;
using Vireo.Drivers.Qemu.Hotplug.Vcpus;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>How many virtual CPUs a guest has, and which.</summary>
sealed class DomainVcpuChanges(QemuConnection connection) : IDomainVcpuChanges, IDomainSingleVcpus
{
    QemuKeeper Keeper => connection.Keeper;

    public async ValueTask SetVcpuCountAsync(DomainRef domain, uint count, DomainVcpuFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainVcpuFlags.Live | DomainVcpuFlags.Config | DomainVcpuFlags.Maximum | DomainVcpuFlags.Guest | DomainVcpuFlags.Hotpluggable, "qemuDomainSetVcpusFlags");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainSetVcpusFlags"), cancel).ConfigureAwait(false);
        Impact impact = Impact.Of((DomainModificationImpact)(flags & (DomainVcpuFlags.Live | DomainVcpuFlags.Config)), job.Snapshot);
        if (flags.HasFlag(DomainVcpuFlags.Guest))
        {
            await new GuestVcpus(connection).UseAsync(machine, (int)Math.Min(count, int.MaxValue), cancel).ConfigureAwait(false);
            return;
        }
        DomainDef? next = null;
        if (flags.HasFlag(DomainVcpuFlags.Maximum))
        {
            if (impact.Live)
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, "maximum vcpu count of a live domain can't be modified");
            next = VcpuSet.WithMost(job.Snapshot.Persistent!, count);
        }
        else
        {
            if (impact.Live)
                CheckMost(job.Snapshot.Live!, count, "live");
            if (impact.Config)
            {
                CheckMost(job.Snapshot.Persistent!, count, "persistent");
                next = VcpuSet.WithCount(job.Snapshot.Persistent!, count, flags.HasFlag(DomainVcpuFlags.Hotpluggable));
            }
            if (impact.Live)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
                await VcpuFlow.RunAsync(Keeper, machine, job.RequireLive(), all => LiveVcpus.Choose(all, (int)count), either.Token).ConfigureAwait(false);
            }
        }
        Save(machine, next);
    }

    static void CheckMost(DomainDef machine, uint count, string which)
    {
        if (count > VcpuSet.Most(machine))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu,
                $"requested vcpus is greater than max allowable vcpus for the {which} domain: {count} > {VcpuSet.Most(machine)}");
    }

    public async ValueTask SetVcpuAsync(DomainRef domain, string vcpus, bool state, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "qemuDomainSetVcpu");
        if (!CpuSet.TryParse(vcpus, out CpuSet? which) || which.IsEmpty)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "no vcpus selected for modification");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainSetVcpu"), cancel).ConfigureAwait(false);
        Impact impact = Impact.Of(flags, job.Snapshot);
        foreach (DomainDef? def in (DomainDef?[])[impact.Config ? job.Snapshot.Persistent : null, impact.Live ? job.Snapshot.Live : null])
            if (def is not null && which.Last >= VcpuSet.Most(def))
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vcpu {which.Last} is not present in {(ReferenceEquals(def, job.Snapshot.Live) ? "live" : "persistent")} config");
        DomainDef? next = impact.Config ? VcpuSet.WithState(job.Snapshot.Persistent!, which, state) : null;
        if (impact.Live)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
            await VcpuFlow.RunAsync(Keeper, machine, job.RequireLive(), all => [LiveVcpus.Choose(all, which, state)], either.Token).ConfigureAwait(false);
        }
        Save(machine, next);
    }

    void Save(QemuMachine machine, DomainDef? next)
    {
        if (next is null)
            return;
        Keeper.Definitions.Save(machine.Name, machine.Uuid, next.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
        machine.Commit(s => s with { Persistent = next });
    }
}
