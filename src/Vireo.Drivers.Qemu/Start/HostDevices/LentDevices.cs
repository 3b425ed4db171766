using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>Devices of the host that a guest has as its own by VFIO: each is one guest's at a time.</summary>
static class LentDevices
{
    /// <summary>A PCI function that a guest has.</summary>
    /// <param name="Address">Where it is.</param>
    /// <param name="IsManaged">It is taken from its driver and given back.</param>
    internal readonly record struct Function(HostPciAddress Address, bool IsManaged);

    static readonly string[] Everywhere = ["/sbin/modprobe", "/usr/sbin/modprobe"];

    /// <summary>The functions of a machine: devices, cards, and controllers of NVMe disks.</summary>
    internal static IReadOnlyList<Function> Functions(DomainDef machine) =>
    [
        .. machine.Devices.Hostdevs.Where(static d => d.Source is HostdevSource.OfPci).Select(static d => new Function(((HostdevSource.OfPci)d.Source).Address, d.Managed is true)),
        .. Cards(machine).Select(static card => new Function(FunctionCards.AddressOf(card)!, card.Managed is true)),
        .. machine.Devices.Disks.Select(static d => d.Source).OfType<DiskSource.OfNvme>().Where(static s => s.Address is not null)
            .Select(static s => new Function(s.Address!, s.Managed is true)).Distinct(),
    ];

    static IEnumerable<Interface> Cards(DomainDef machine) => machine.Devices.Interfaces.Where(static card => FunctionCards.AddressOf(card) is not null).ToList();

    /// <summary>Whether a device is one of these, which can come to a guest that runs.</summary>
    internal static bool IsLent(Device device) => device is Hostdev { Source: HostdevSource.OfPci or HostdevSource.OfMdev } or Interface { Source: InterfaceSource.OfHostdev };

    /// <summary>As a running machine shows them: with what lends them.</summary>
    internal static DomainDef WithDriver(DomainDef machine) => machine with
    {
        Devices = machine.Devices with
        {
            Hostdevs = machine.Devices.Hostdevs.Map(static device => device is { Source: HostdevSource.OfPci, Driver: null } ? device with { Driver = HostdevDriver.Vfio } : device),
            Interfaces = machine.Devices.Interfaces.Map(static card => card.Source is not InterfaceSource.OfHostdev || card.Driver?.Name is not null ? card
                : card with { Driver = (card.Driver ?? new InterfaceDriver()) with { Name = InterfaceDriverName.Vfio } }),
        },
    };

    /// <summary>The nodes that a machine's process opens for them.</summary>
    internal static IEnumerable<string> Nodes(DomainDef machine) => Nodes(machine, HostPci.OfHost(static _ => false));

    /// <summary>The same by another sysfs.</summary>
    internal static IEnumerable<string> Nodes(DomainDef machine, HostPci host) =>
        Functions(machine).Select(static f => "pci/devices/" + HostPci.NameOf(f.Address)).Concat(Mediated(machine).Select(static m => $"mdev/devices/{m.Source.Uuid}"))
            .Select(host.GroupNodeOf).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The parts of a start that take them.</summary>
    internal static IEnumerable<FlowPart> Take(StartRun run) =>
        Take(run.Live, HostPci.OfHost(module => Load(run.Keeper.Processes, module)), FunctionCards.OfHost(run.Keeper.Host), run.Keeper.Config.RelaxedAcsCheck,
            has => UserOf(run.Keeper.Machines.All.Where(other => other != run.Machine), has));

    /// <summary>The parts that take one for a machine that runs, whatever it has already.</summary>
    internal static IEnumerable<FlowPart> Take(QemuKeeper keeper, QemuMachine machine, Device device) =>
        Take(Alone(device), HostPci.OfHost(module => Load(keeper.Processes, module)), FunctionCards.OfHost(keeper.Host), keeper.Config.RelaxedAcsCheck,
            has => UserOf(keeper.Machines.All, has, except: machine.Live?.Pending));

    /// <summary>The parts that take the devices of a machine.</summary>
    /// <param name="wanted">The machine, or what comes to it.</param>
    /// <param name="host">The host's PCI functions.</param>
    /// <param name="cards">Those that are cards.</param>
    /// <param name="relaxed">See <see cref="HostPci.Take"/>.</param>
    /// <param name="userOf">The name of the machine whose devices pass a test; null: there is none.</param>
    internal static IEnumerable<FlowPart> Take(DomainDef wanted, HostPci host, FunctionCards cards, bool relaxed, Func<Predicate<DomainDef>, string?> userOf)
    {
        IReadOnlyList<Function> functions = Functions(wanted);
        if (functions.Count > 0)
            yield return Part("free", () =>
            {
                foreach (Interface card in Cards(wanted))
                    cards.Check(card);
                foreach (Function function in functions)
                    if (userOf(other => Functions(other).Any(f => f.Address == function.Address)) is { } other)
                        throw QemuErrors.Invalid($"PCI device {HostPci.NameOf(function.Address)} is in use by driver QEMU, domain {other}");
            });
        foreach (Interface card in Cards(wanted))
            yield return Part($"{card.Alias}-settings", () => cards.Keep(card), () => cards.Forget(card));
        foreach (Function function in functions)
            yield return Part(HostPci.NameOf(function.Address), () => host.Take(function.Address, function.IsManaged, relaxed), () =>
            {
                if (function.IsManaged) host.GiveBack(function.Address);
            });
        foreach (Interface card in Cards(wanted))
            yield return Part($"{card.Alias}-address", () => cards.Set(card), () => cards.GiveBack(card));
        foreach (var (source, model) in Mediated(wanted))
            yield return Part(source.Uuid.ToString(), () =>
            {
                host.Find(source.Uuid, model);
                if (userOf(other => Mediated(other).Any(m => m.Source.Uuid == source.Uuid)) is { } user)
                    throw QemuErrors.Invalid($"mediated device {source.Uuid} is in use by driver QEMU, domain {user}");
            });
    }

    static FlowPart Part(string name, Action what, Action? undo = null) => new(name, _ =>
    {
        what();
        return ValueTask.CompletedTask;
    }, undo is null ? null : () =>
    {
        undo();
        return ValueTask.CompletedTask;
    });

    /// <summary>Gives back those of a run that is over: what it had at its end, of which some may have come while it ran.</summary>
    internal static void GiveBack(QemuKeeper keeper, DomainDef live) =>
        GiveBack(keeper, live.Uuid is { } uuid && keeper.Machines.Find(uuid) is { Snapshot.Live: { } last } machine ? (last, machine) : (live, null));

    /// <summary>Gives back one that a machine which goes on no longer has.</summary>
    internal static void GiveBack(QemuKeeper keeper, QemuMachine machine, Device device) => GiveBack(keeper, (Alone(device), machine));

    // A start that was cut off may not have come to ask whose they are.
    static void GiveBack(QemuKeeper keeper, (DomainDef Devices, QemuMachine? Owner) left) => GiveBack(
        left.Devices, HostPci.OfHost(static _ => false), FunctionCards.OfHost(keeper.Host), has => UserOf(keeper.Machines.All.Where(other => other != left.Owner), has));

    /// <summary>Gives back the devices of a machine, but for those that are another's.</summary>
    internal static void GiveBack(DomainDef left, HostPci host, FunctionCards cards, Func<Predicate<DomainDef>, string?> userOf)
    {
        bool IsFree(HostPciAddress at) => userOf(other => Functions(other).Any(f => f.Address == at)) is null;
        foreach (Interface card in Cards(left))
            if (IsFree(FunctionCards.AddressOf(card)!))
                cards.GiveBack(card);
        foreach (Function function in Functions(left))
            if (function.IsManaged && IsFree(function.Address))
                host.GiveBack(function.Address);
    }

    static IEnumerable<(HostdevSource.OfMdev Source, HostdevModel? Model)> Mediated(DomainDef machine) =>
        machine.Devices.Hostdevs.Where(static d => d.Source is HostdevSource.OfMdev).Select(static d => ((HostdevSource.OfMdev)d.Source, d.Model)).ToList();

    // What is on its way to a machine is its own already.
    static string? UserOf(IEnumerable<QemuMachine> all, Predicate<DomainDef> has, Device? except = null) => all.FirstOrDefault(machine =>
        machine.Snapshot.Live is { } live && has(live) || machine.Live?.Pending is { } coming && !ReferenceEquals(coming, except) && has(Alone(coming)))?.Name;

    /// <summary>A machine with nothing but one device.</summary>
    internal static DomainDef Alone(Device device) => new() { Type = DomainType.Qemu, Name = "", Devices = new DeviceSet().With(device) };

    // Modules are few and small, and nobody waits for more than this start.
    static bool Load(ProcessHost processes, string module) => Array.Find(Everywhere, File.Exists) is { } program
        && processes.ReadAsync(program, ["-b", module]).GetAwaiter().GetResult() is not null;
}
