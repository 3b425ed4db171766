using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Config;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Model.Shared;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>Devices of a running machine in another form.</summary>
static class LiveUpdates
{
    /// <summary>Changes the device that a document means.</summary>
    internal static async ValueTask RunAsync(IPlugGuest guest, DeviceDocument document, bool force, CancellationToken cancel)
    {
        switch (document)
        {
            case { Graphics: { } screen }:
                await ScreenUpdate.RunAsync(guest, screen, cancel).ConfigureAwait(false);
                break;
            case { Device: Disk disk }:
                await RunAsync(guest, await guest.ResolveAsync(disk, cancel).ConfigureAwait(false), force, cancel).ConfigureAwait(false);
                break;
            case { Device: Interface card }:
                await CardUpdate.RunAsync(guest, card, cancel).ConfigureAwait(false);
                break;
            case { Device: { } other }:
                var (machine, made) = NewDevice.Insert(guest.Def, other, guest.Facts, guest.Planning);
                NewDevice.CheckOwn(machine, made, guest.Facts);
                throw QemuErrors.Unsupported($"live update of device '{document.Kind}' is not supported");
            default:
                throw QemuErrors.Unsupported($"live update of device '{document.Kind}' is not supported");
        }
    }

    static async ValueTask RunAsync(IPlugGuest guest, Disk written, bool force, CancellationToken cancel)
    {
        DomainDef live = guest.Def;
        Disk old = DeviceSearch.FindDisk(live, written.Target.Device)
            ?? throw VireoException.Internal(ErrorDomain.Qemu, $"disk '{written.Target.Device}' not found");
        var (_, made) = NewDevice.Insert(live with { Devices = live.Devices.Without(old) }, written, guest.Facts, guest.Planning);
        var now = (Disk)made;
        if (DiskFields.Changed(old, now) is { } field)
            throw HotplugErrors.Unsupported($"cannot modify field '{field}' of the disk");
        bool removable = old.Kind is DiskKind.CdRom or DiskKind.Floppy;
        if (!IsSame(old.Source, now.Source))
        {
            if (!removable)
                throw QemuErrors.Unsupported("disk source can be changed only in removable drives");
            await MediaChange.RunAsync(guest, old, now, force, cancel).ConfigureAwait(false);
        }
        if (guest.Def.Devices.Disks.FirstOrDefault(d => d.Alias == old.Alias) is { } current && current.Source.StartupPolicy != now.Source.StartupPolicy)
            guest.Publish(def => def.Devices.Disks.FirstOrDefault(d => d.Alias == old.Alias) is { } disk
                ? def with { Devices = def.Devices.Replace(disk, disk with { Source = disk.Source with { StartupPolicy = now.Source.StartupPolicy }, Snapshot = now.Snapshot }) } : def);
    }

    static bool IsSame(DiskSource old, DiskSource now) => BlockGraph.IsEmpty(old) && BlockGraph.IsEmpty(now) || (old, now) switch
    {
        (DiskSource.OfFile a, DiskSource.OfFile b) => a.Path == b.Path,
        (DiskSource.OfBlock a, DiskSource.OfBlock b) => a.Path == b.Path,
        (DiskSource.OfDirectory a, DiskSource.OfDirectory b) => a.Path == b.Path,
        (DiskSource.OfVolume a, DiskSource.OfVolume b) => a.Pool == b.Pool && a.Volume == b.Volume,
        (DiskSource.OfNetwork a, DiskSource.OfNetwork b) => a.Protocol == b.Protocol && a.Name == b.Name && a.Hosts == b.Hosts,
        _ => old == now,
    };
}

/// <summary>Passwords of screens, the one thing of them that can change while the machine runs.</summary>
static class ScreenUpdate
{
    internal static async ValueTask RunAsync(IPlugGuest guest, Graphics written, CancellationToken cancel)
    {
        DomainDef live = guest.Def;
        string word = ConfigChanges.Word(written);
        int at = 0;
        while (at < live.Devices.Graphics.Count && live.Devices.Graphics[at].GetType() != written.GetType())
            at++;
        if (at == live.Devices.Graphics.Count)
            throw HotplugErrors.Missing($"cannot find existing graphics device to modify of type '{word}'");
        Graphics old = live.Devices.Graphics[at];
        Graphics now = guest.Planning.WithDefaults(live with { Devices = live.Devices with { Graphics = [written] } }, guest.Facts).Devices.Graphics[0];
        switch (old, now)
        {
            case (Graphics.Vnc a, Graphics.Vnc b):
                CheckListens(a.Listens, b.Listens, word);
                if (b.AutoPort is not true && (a.Port != b.Port || (a.AutoPort is true) != (b.AutoPort is true)) || a.AutoPort is not true && b.AutoPort is true)
                    throw HotplugErrors.Unsupported("cannot change port settings on vnc graphics");
                if (a.Keymap != b.Keymap)
                    throw HotplugErrors.Unsupported("cannot change keymap setting on vnc graphics");
                await SetAsync(guest, "vnc", (a.Password, a.PasswordValidTo, a.Connected), (b.Password, b.PasswordValidTo, b.Connected), cancel).ConfigureAwait(false);
                Publish(guest, a, a with { Password = b.Password, PasswordValidTo = b.PasswordValidTo, Connected = b.Connected });
                break;
            case (Graphics.Spice a, Graphics.Spice b):
                CheckListens(a.Listens, b.Listens, word);
                if (b.AutoPort is not true && (a.Port ?? 0, a.TlsPort ?? 0) != (b.Port ?? 0, b.TlsPort ?? 0) || (a.AutoPort is true) != (b.AutoPort is true))
                    throw HotplugErrors.Unsupported("cannot change port settings on spice graphics");
                if (a.Keymap != b.Keymap)
                    throw HotplugErrors.Unsupported("cannot change keymap setting on spice graphics");
                await SetAsync(guest, "spice", (a.Password, a.PasswordValidTo, a.Connected), (b.Password, b.PasswordValidTo, b.Connected), cancel).ConfigureAwait(false);
                Publish(guest, a, a with { Password = b.Password, PasswordValidTo = b.PasswordValidTo, Connected = b.Connected });
                break;
            default:
                throw VireoException.Internal(ErrorDomain.Qemu, $"unable to change config on '{word}' graphics type");
        }
    }

    static void CheckListens(Core.ValueList<GraphicsListen> old, Core.ValueList<GraphicsListen> now, string word)
    {
        if (old.Count != now.Count)
            throw HotplugErrors.Unsupported($"cannot change the number of listen addresses on '{word}' graphics");
        for (int i = 0; i < old.Count; i++)
        {
            if (old[i].GetType() != now[i].GetType())
                throw HotplugErrors.Unsupported($"cannot change the type of listen address on '{word}' graphics");
            if (old[i] is GraphicsListen.OfAddress a && now[i] is GraphicsListen.OfAddress b && a.Address != b.Address)
                throw HotplugErrors.Unsupported($"cannot change listen address setting on '{word}' graphics");
            if (old[i] is GraphicsListen.OfNetwork c && now[i] is GraphicsListen.OfNetwork d && c.Network != d.Network)
                throw HotplugErrors.Unsupported($"cannot change listen address setting on '{word}' graphics");
            if (old[i] is GraphicsListen.OfSocket e && now[i] is GraphicsListen.OfSocket f && f.Socket is not null && e.Socket != f.Socket)
                throw HotplugErrors.Unsupported($"cannot change listen socket setting on '{word}' graphics");
        }
    }

    // A password that ends, or that people are thrown out with, is set again even if it is the same: its end is.
    static async ValueTask SetAsync(
        IPlugGuest guest, string protocol, (string? Password, string? End, PasswordConnected? Connected) old, (string? Password, string? End, PasswordConnected? Connected) now,
        CancellationToken cancel)
    {
        if (old.End is null && now.End is null && old.Connected == now.Connected && old.Password == now.Password)
            return;
        if (now.Password is not { } password)
            return;
        await guest.Monitor.RunAsync(new SetPassword(protocol, password) { Connected = now.Connected?.ToXml() }, cancel).ConfigureAwait(false);
        string end = password.Length == 0 ? "now" : now.End is null ? "never"
            : DateTimeOffset.Parse(now.End, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await guest.Monitor.RunAsync(new ExpirePassword(protocol, end), cancel).ConfigureAwait(false);
    }

    static void Publish(IPlugGuest guest, Graphics old, Graphics now) => guest.Publish(def => def with
    {
        Devices = def.Devices with { Graphics = def.Devices.Graphics.Map(g => g.GetType() == old.GetType() ? now : g) },
    });
}

/// <summary>What of a card can change while the machine runs: whether its cable is plugged in, and its filter.</summary>
static class CardUpdate
{
    internal static async ValueTask RunAsync(IPlugGuest guest, Interface written, CancellationToken cancel)
    {
        DomainDef live = guest.Def;
        var old = (Interface)DeviceSearch.Find(live, written)!;
        if (old.Source is InterfaceSource.OfHostdev)
            throw HotplugErrors.Unsupported("cannot change config of 'hostdev' network interface type");
        var (machine, made) = NewDevice.Insert(live with { Devices = live.Devices.Without(old) }, written, guest.Facts, guest.Planning);
        NewDevice.CheckRules(live, machine, made, guest.Facts);
        var now = (Interface)made;
        if (Refusal(old, now) is { } refusal)
            throw HotplugErrors.Unsupported(refusal);
        if ((old.Link ?? LinkState.Up) != (now.Link ?? LinkState.Up))
            await guest.Monitor.RunAsync(new SetLink(old.Alias!, now.Link is not LinkState.Down), cancel).ConfigureAwait(false);
        Interface next = old with { Link = now.Link };
        if (old.Bandwidth != now.Bandwidth)
        {
            await LimitAsync(guest, old, now.Bandwidth, cancel).ConfigureAwait(false);
            Publish(guest, next = next with { Bandwidth = now.Bandwidth });     // whatever becomes of the rest
        }
        if (old.Filter != now.Filter)
        {
            await ChangeFilterAsync(guest, next, next with { Filter = now.Filter }, cancel).ConfigureAwait(false);
            Publish(guest, next = next with { Filter = now.Filter });
        }
        Vlan? tags = TagsOf(old, now);
        if (old.Vlan != tags)
            await guest.MoveAsync(old, tags, cancel).ConfigureAwait(false);
        Publish(guest, next with { Vlan = tags });
    }

    static void Publish(IPlugGuest guest, Interface now) => guest.Publish(def => def.Devices.Interfaces.FirstOrDefault(c => c.Alias == now.Alias) is { } card
        ? def with { Devices = def.Devices.Replace(card, card with { Link = now.Link, Filter = now.Filter, Bandwidth = now.Bandwidth, Vlan = now.Vlan }) } : def);

    static async ValueTask LimitAsync(IPlugGuest guest, Interface old, Bandwidth? limits, CancellationToken cancel)
    {
        try
        {
            await guest.LimitAsync(old, limits, isNew: false, cancel).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            try
            {
                await guest.LimitAsync(old, old.Bandwidth, isNew: false, CancellationToken.None).ConfigureAwait(false);
            }
            catch (VireoException)
            {
                // Who asked hears of the first failure.
            }
            throw;
        }
    }

    static async ValueTask ChangeFilterAsync(IPlugGuest guest, Interface old, Interface next, CancellationToken cancel)
    {
        await guest.UnbindFilterAsync(old).ConfigureAwait(false);
        try
        {
            await guest.BindFilterAsync(next, cancel).ConfigureAwait(false);
        }
        catch (VireoException e)
        {
            await guest.BindFilterAsync(old, CancellationToken.None).ConfigureAwait(false);
            throw HotplugErrors.Failed($"failed to add new filter rules to '{next.Target?.Device}' - attempting to restore old rules: {e.Message}");
        }
    }

    static string? Refusal(Interface old, Interface now)
    {
        if (old.Mac?.Address != now.Mac?.Address)
            return $"cannot change network interface mac address from {old.Mac?.Address} to {now.Mac?.Address}";
        if (old.Model != now.Model)
            return $"cannot modify network device model from {old.Model ?? "(null)"} to {now.Model ?? "(null)"}";
        if (InterfacePlanner.IsVirtio(old) && (old.Driver ?? new()) != (now.Driver ?? new()))
            return "cannot modify virtio network device driver attributes";
        if (old.Script != now.Script)
            return "cannot modify network device script attribute";
        if (old.Backend != now.Backend)
            return "cannot modify network device backend settings";
        if (old.Boot != now.Boot)
            return "cannot modify network device boot index setting";
        if ((old.Rom?.Bar, old.Rom?.Enabled) != (now.Rom?.Bar, now.Rom?.Enabled))
            return "cannot modify network device rom bar setting";
        if (old.Rom?.File != now.Rom?.File)
            return "cannot modify network rom file";
        if (old.Mtu != now.Mtu)
            return "cannot modify MTU";
        InterfaceSource was = NetworkCards.Written(old).Source;
        if (was.GetType() != now.Source.GetType())
            return $"unable to change config on '{CardWords.Of(now.Source)}' network type";
        if (Bare(was) != Bare(now.Source))
            return $"unable to change config on '{CardWords.Of(now.Source)}' network type";
        bool isNetworks = NetworkCards.PortOf(old).Network is not null;
        if (!isNetworks && old.VirtualPort != now.VirtualPort || old.Vlan != TagsOf(old, now) && !CardSwitches.Is(old))
            return $"unable to change config on '{CardWords.Of(now.Source)}' network type";
        if (old.Bandwidth != now.Bandwidth && old.Target?.Device is null)
            return "Unable to set bandwidth for interface because device name is unknown";
        if (old.Bandwidth?.Inbound?.Floor != now.Bandwidth?.Inbound?.Floor)
            return "the 'floor' of a card that is plugged in cannot change";
        if (old.Filter != now.Filter && !CardFilters.CanHave(now))
            return "filters not supported on interfaces of type " + CardWords.Of(now.Source);
        return null;
    }

    // A network gives its own to cards that have none.
    static Vlan? TagsOf(Interface old, Interface now) => now.Vlan ?? (NetworkCards.PortOf(old).Network is null ? null : old.Vlan);

    // What a start finds out of a network is not in a document.
    static InterfaceSource Bare(InterfaceSource source) => source is InterfaceSource.OfNetwork network ? new InterfaceSource.OfNetwork { Network = network.Network } : source;
}
