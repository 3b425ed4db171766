using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using CharDevice = Vireo.Model.Domain.Devices.CharDevice;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>One device on its way into a running machine, or out of it: its plan, in the words of the monitor.</summary>
sealed class PlugRun : IDisposable
{
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    readonly Dictionary<string, SafeFileHandle> opened = new(StringComparer.Ordinal);

    PlugRun(IPlugGuest guest, Device device, DevicePlan plan, IReadOnlyList<(string Name, DescriptorStep Step)> descriptors)
    {
        (Guest, Device, Plan, Descriptors) = (guest, device, plan, descriptors);
        // An image without a number has no nodes by our names.
        bool nameless = device is Disk { Source: not DiskSource.OfVhostUser and { Index: null } };
        Backends = nameless ? [] : [.. Managed(guest, device), .. plan.Backends, .. plan.Frontends.Where(static p => p is not QemuDevice)];
        Fronts = [.. plan.Frontends.OfType<QemuDevice>()];
    }

    internal IPlugGuest Guest { get; }

    /// <summary>The device; QEMU may say more of it than its document.</summary>
    internal Device Device { get; set; }

    internal DevicePlan Plan { get; }

    /// <summary>Nobody is told of it.</summary>
    internal bool IsAside { get; set; }

    /// <summary>What the status said of it before its plug.</summary>
    internal Device? NotedBefore { get; set; }

    /// <summary>
    /// Nobody heard when QEMU let the device go. It is not among QEMU's devices any more then, but what it held is given up a little later.
    /// </summary>
    internal bool WasUnheard { get; set; }

    internal IReadOnlyList<(string Name, DescriptorStep Step)> Descriptors { get; }

    /// <summary>Everything but what the guest sees, in the order of making.</summary>
    internal ImmutableArray<QemuPart> Backends { get; }

    /// <summary>What the guest sees.</summary>
    internal ImmutableArray<QemuDevice> Fronts { get; }

    /// <summary>Plans a device that is to be plugged.</summary>
    internal static async ValueTask<PlugRun> PlanAsync(IPlugGuest guest, Device device, CancellationToken cancel)
    {
        PlugRun run = Make(guest, device, null);
        if (!run.Backends.Any(static p => p is QemuDescriptor))
            return run;
        var sets = await guest.Monitor.RunAsync(new QueryFdSets(), cancel).ConfigureAwait(false);
        return Make(guest, device, sets.Select(static s => s.Number).DefaultIfEmpty(-1).Max() + 1);
    }

    /// <summary>Plans a device that is there, to take it away.</summary>
    internal static PlugRun Of(IPlugGuest guest, Device device) => Make(guest, device, null);

    static PlugRun Make(IPlugGuest guest, Device device, int? firstSet)
    {
        List<(string, DescriptorStep)> descriptors = [];
        DomainDef machine = guest.Def.Devices.Any(d => ReferenceEquals(d, device)) ? guest.Def : guest.Def with { Devices = guest.Def.Devices.Insert(device) };
        var at = new PlanContext(machine, guest.Facts, guest.Start, step =>
        {
            string name = $"fd-{device.Alias}-{descriptors.Count}";
            descriptors.Add((name, step));
            return name;
        }, firstSet ?? 0);
        return new PlugRun(guest, device, DevicePlanners.Plan(device, at), descriptors);
    }

    // The helper for reservations is there for all disks that leave them to it.
    static IEnumerable<QemuPart> Managed(IPlugGuest guest, Device device)
    {
        static bool Wants(Device one) => one is Disk disk && disk.Source.Reservations is { Managed: true };
        if (Wants(device) && !guest.Def.Devices.Disks.Any(other => other.Alias != device.Alias && Wants(other)))
            yield return new QemuObject("pr-manager-helper", BlockObjects.ManagedReservations)
            {
                ["path"] = $"{guest.Start.DomainDirectory}/{BlockObjects.ManagedReservations}.sock",
            };
    }

    /// <summary>The steps that open descriptors and, where QEMU wants to know them by name, hand them over.</summary>
    internal IEnumerable<FlowPart> Opening() => Descriptors.Select((wanted, number) => new FlowPart($"open-{number}", async cancel =>
    {
        (SafeFileHandle handle, string? called) = await Guest.OpenAsync(wanted.Step, cancel).ConfigureAwait(false);
        opened.Add(wanted.Name, handle);
        if (called is not null && Device is Interface card)
            Device = card with { Target = (card.Target ?? new InterfaceTarget()) with { Device = called } };
        if (!Backends.OfType<QemuDescriptor>().Any(p => p.Descriptor == wanted.Name))
            await Guest.Monitor.PassAsync(new GetFd(wanted.Name), handle, cancel).ConfigureAwait(false);
    }, () => TryAsync(new CloseFd(wanted.Name))));

    /// <summary>The steps that make parts.</summary>
    internal IEnumerable<FlowPart> Making(IEnumerable<QemuPart> parts) =>
        parts.Select((part, number) => new FlowPart($"{Word(part)}-{number}", cancel => MakeAsync(part, cancel), () => TakeAwayAsync(part)));

    async ValueTask MakeAsync(QemuPart part, CancellationToken cancel)
    {
        QmpMonitor monitor = Guest.Monitor;
        switch (part)
        {
            case QemuObject:
                await monitor.RunAsync(new MakePart("object-add", part) { IsNested = !Guest.Facts.Has(Facts.QemuFlag.ObjectQapified) }, cancel).ConfigureAwait(false);
                break;
            case QemuDevice:
                await monitor.RunAsync(new MakePart("device_add", part), cancel).ConfigureAwait(false);
                break;
            case QemuNetdev:
                await monitor.RunAsync(new MakePart("netdev_add", part), cancel).ConfigureAwait(false);
                break;
            case QemuBlockdev:
                await monitor.RunAsync(new MakePart("blockdev-add", part), cancel).ConfigureAwait(false);
                break;
            case QemuChardev { Plug: { } plug }:
                ChardevMade made = await monitor.RunAsync(plug, cancel).ConfigureAwait(false);
                if (made.Pty is { } path && Device is CharDevice { Source: ChardevSource.OfPty pty } stream)
                    Device = WithSource(stream, pty with { Path = path });
                break;
            case QemuDescriptor descriptor:
                await monitor.PassAsync(new AddFd(descriptor.Set, descriptor.Opaque), opened[descriptor.Descriptor], cancel).ConfigureAwait(false);
                break;
            default:
                throw HotplugErrors.NotOffered("live attach", DeviceDocument.KindOf(Device));
        }
    }

    static CharDevice WithSource(CharDevice device, ChardevSource source) => device switch
    {
        Serial port => port with { Source = source },
        Model.Domain.Devices.Parallel port => port with { Source = source },
        Channel channel => channel with { Source = source },
        GuestConsole console => console with { Source = source },
        _ => device,
    };

    /// <summary>Takes a part away. What is gone already, or is still in use, does not keep the rest from going.</summary>
    internal ValueTask TakeAwayAsync(QemuPart part) => part switch
    {
        QemuObject made => TryAsync(new ObjectDel(made.Id), WasUnheard && Device is MemoryDevice),
        QemuDevice made => TryAsync(new DeviceDel(IdOf(made))),
        QemuNetdev made => TryAsync(new NetdevDel(Text(made, "id"))),
        QemuBlockdev made => TryAsync(new BlockdevDel(Text(made, "node-name")), WasUnheard),
        QemuChardev made => IsOfNetdev() ? ValueTask.CompletedTask : TryAsync(new ChardevRemove(made.Id), WasUnheard),
        QemuDescriptor made => RemoveSetAsync(made),
        _ => ValueTask.CompletedTask,
    };

    // QEMU takes the stream of a forwarded address away together with the address.
    bool IsOfNetdev() => Device is Channel { Target: ChannelTarget.OfGuestForward };

    async ValueTask RemoveSetAsync(QemuDescriptor made)
    {
        try
        {
            var sets = await Guest.Monitor.RunAsync(new QueryFdSets(), CancellationToken.None).ConfigureAwait(false);
            foreach (DescriptorSet set in sets.Where(s => made.Opaque is { } owner && s.Owners.Contains(owner)))
                await TryAsync(new RemoveFd(set.Number)).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            // QEMU is gone, and the set with it.
        }
    }

    async ValueTask TryAsync(IQmpAction command, bool waits = false)
    {
        long began = Guest.Time.GetTimestamp();
        while (true)
            try
            {
                await Guest.Monitor.RunAsync(command, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (QmpRefusal refusal) when (waits && refusal.IsInUse && Guest.Time.GetElapsedTime(began) < Guest.UnplugPatience)
            {
                await Task.Delay(Breath, Guest.Time).ConfigureAwait(false);
            }
            catch (VireoException)
            {
                return;     // It is gone already; or QEMU is, and everything with it.
            }
    }

    internal static string IdOf(QemuDevice device) => Text(device, "id");

    static string Text(QemuProperties properties, string name) => properties[name]?.AsText() ?? "";

    static string Word(QemuPart part) => part switch
    {
        QemuObject => "object",
        QemuDevice => "device",
        QemuNetdev => "netdev",
        QemuBlockdev => "node",
        QemuChardev => "chardev",
        QemuDescriptor => "descriptor",
        _ => "part",
    };

    /// <summary>Closes this side's descriptors: QEMU has its own.</summary>
    public void Dispose()
    {
        foreach (SafeFileHandle handle in opened.Values)
            handle.Dispose();
        opened.Clear();
    }
}
