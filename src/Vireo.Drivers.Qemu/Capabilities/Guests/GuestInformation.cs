using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What agents know of their guests, by name.</summary>
sealed class GuestInformation(QemuConnection connection) : AgentWork(connection), IDomainGuestInformation
{
    const DomainGuestInfoTypes All = DomainGuestInfoTypes.Users | DomainGuestInfoTypes.Os | DomainGuestInfoTypes.Timezone | DomainGuestInfoTypes.Hostname
        | DomainGuestInfoTypes.Filesystem | DomainGuestInfoTypes.Disks | DomainGuestInfoTypes.Interfaces;

    public async ValueTask<TypedParameter[]> GetGuestInformationAsync(DomainRef domain, DomainGuestInfoTypes types, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainGetGuestInfo", flags);
        // Who asks for all gets what there is; who asks for something hears why it is not there.
        bool all = types == 0;
        if ((types & ~All) != 0)
            throw new VireoException(ErrorCode.InvalidArg, ErrorDomain.Qemu, $"unsupported guest information types '0x{(uint)(types & ~All):x}'");
        if (all)
            types = All;
        var machine = GetActive(domain);
        DomainDef? def = machine.Snapshot.Live;
        List<TypedParameter> told = [];
        await AddAsync(DomainGuestInfoTypes.Users, new GuestGetUsers(), told.AddRange).ConfigureAwait(false);
        await AddAsync(DomainGuestInfoTypes.Os, new GuestGetOsInfo(), told.AddRange).ConfigureAwait(false);
        await AddAsync(DomainGuestInfoTypes.Timezone, new GuestGetTimezone(), told.AddRange).ConfigureAwait(false);
        await AddAsync(DomainGuestInfoTypes.Hostname, new GuestGetHostName(), name => told.Add(new("hostname", name))).ConfigureAwait(false);
        await AddAsync(DomainGuestInfoTypes.Filesystem, new GuestGetFsInfo(), found => AddFileSystems(told, found, def)).ConfigureAwait(false);
        await AddAsync(DomainGuestInfoTypes.Disks, new GuestGetDisks(), found => AddDisks(told, found, def)).ConfigureAwait(false);
        await AddAsync(DomainGuestInfoTypes.Interfaces, new GuestNetworkGetInterfaces(), found => AddCards(told, found)).ConfigureAwait(false);
        return [.. told];

        async Task AddAsync<T>(DomainGuestInfoTypes type, IQmpCommand<T> command, Action<T> add)
        {
            if (!types.HasFlag(type))
                return;
            try
            {
                add(await AskAsync(machine, command, cancel).ConfigureAwait(false));
            }
            catch (VireoException e) when (all && e.Code is ErrorCode.OperationUnsupported)
            {
                // This agent does not know that.
            }
        }
    }

    static void AddFileSystems(List<TypedParameter> to, IReadOnlyList<GuestFileSystem> found, DomainDef? def)
    {
        to.Add(new("fs.count", (uint)found.Count));
        for (int i = 0; i < found.Count; i++)
        {
            GuestFileSystem one = found[i];
            to.Add(new($"fs.{i}.name", one.Name));
            to.Add(new($"fs.{i}.mountpoint", one.MountPoint));
            to.Add(new($"fs.{i}.fstype", one.Type));
            // Sizes that the guest does not tell are left out.
            if (one.TotalBytes is { } total)
                to.Add(new($"fs.{i}.total-bytes", total));
            if (one.UsedBytes is { } used)
                to.Add(new($"fs.{i}.used-bytes", used));
            to.Add(new($"fs.{i}.disk.count", (uint)one.Disks.Count));
            for (int j = 0; j < one.Disks.Count; j++)
            {
                if (GuestFileSystems.TargetOf(def, one.Disks[j]) is { } alias)
                    to.Add(new($"fs.{i}.disk.{j}.alias", alias));
                if (one.Disks[j].Serial is { } serial)
                    to.Add(new($"fs.{i}.disk.{j}.serial", serial));
                if (one.Disks[j].Device is { } device)
                    to.Add(new($"fs.{i}.disk.{j}.device", device));
            }
        }
    }

    static void AddDisks(List<TypedParameter> to, IReadOnlyList<GuestBlockDevice> found, DomainDef? def)
    {
        to.Add(new("disk.count", (uint)found.Count));
        for (int i = 0; i < found.Count; i++)
        {
            GuestBlockDevice one = found[i];
            to.Add(new($"disk.{i}.name", one.Name));
            to.Add(new($"disk.{i}.partition", one.IsPartition));
            if (one.DependsOn.Count > 0)
                to.Add(new($"disk.{i}.dependency.count", (uint)one.DependsOn.Count));
            for (int j = 0; j < one.DependsOn.Count; j++)
                to.Add(new($"disk.{i}.dependency.{j}.name", one.DependsOn[j]));
            if (one.Address is { } address)
            {
                if (address.Serial is { } serial)
                    to.Add(new($"disk.{i}.serial", serial));
                if (GuestFileSystems.TargetOf(def, address) is { } alias)
                    to.Add(new($"disk.{i}.alias", alias));
            }
            if (one.Alias is { } name)
                to.Add(new($"disk.{i}.guest_alias", name));
            if (one.Address is { Bus: var bus })
                to.Add(new($"disk.{i}.guest_bus", bus));
        }
    }

    static void AddCards(List<TypedParameter> to, IReadOnlyList<GuestInterface> found)
    {
        to.Add(new("if.count", (uint)found.Count));
        for (int i = 0; i < found.Count; i++)
        {
            to.Add(new($"if.{i}.name", found[i].Name));
            if (found[i].Mac is { } mac)
                to.Add(new($"if.{i}.hwaddr", mac));
            to.Add(new($"if.{i}.addr.count", (uint)found[i].Addresses.Count));
            for (int j = 0; j < found[i].Addresses.Count; j++)
            {
                to.Add(new($"if.{i}.addr.{j}.type", found[i].Addresses[j].IsIpv6 ? "ipv6" : "ipv4"));
                to.Add(new($"if.{i}.addr.{j}.addr", found[i].Addresses[j].Address));
                to.Add(new($"if.{i}.addr.{j}.prefix", found[i].Addresses[j].Prefix));
            }
        }
    }
}
