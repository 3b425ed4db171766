using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.NodeDevice.Adapters;
using Vireo.Drivers.NodeDevice.Mediated;
using Vireo.Model.Documents;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Capabilities;

/// <summary>Makes, keeps and removes mediated devices and virtual adapters.</summary>
sealed class NodeDeviceChanges(NodeDeviceKeeper keeper, string devices) : INodeDeviceLifecycle, INodeDeviceDefinitions
{
    const int Busy = 16;

    DeviceTable Table => keeper.Table;

    public async ValueTask<NodeDeviceRef> CreateAsync(string xml, NodeDeviceCreateFlags flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only((uint)flags, (uint)NodeDeviceCreateFlags.Validate, "nodeDeviceCreateXML");
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        NodeDeviceDef wanted = Read(xml, flags.HasFlag(NodeDeviceCreateFlags.Validate));
        if (VirtualAdapters.FibreChannel(wanted) is { } port)
            return await MakeAdapterAsync(wanted.Parent, port, cancel).ConfigureAwait(false);
        string parent = ParentAddress(wanted);
        string told = await keeper.Mdevctl.RunAsync(MdevctlCommands.Create(wanted, parent), "Unable to start mediated device", cancel).ConfigureAwait(false);
        Uuid uuid = UuidOf(wanted, told);
        return (await ComeAsync(uuid, cancel).ConfigureAwait(false) ?? throw NodeDeviceErrors.NotCome($"{uuid}")).Ref;
    }

    static NodeDeviceDef Read(string xml, bool validate)
    {
        if (validate)
            DocumentKinds.NodeDevice.Validate(xml);
        NodeDeviceDef wanted = NodeDeviceDef.Parse(xml, create: true);
        NodeDeviceRules.Check(wanted, "new device").ThrowFirst();
        return wanted;
    }

    async ValueTask<NodeDeviceRef> MakeAdapterAsync(NodeDeviceParent? parent, ScsiHostFunction.OfFibreChannel port, CancellationToken cancel)
    {
        KnownDevice adapter = VirtualAdapters.ParentFor(Table, parent);
        string wwnn = port.Wwnn ?? VirtualAdapters.NewName(), wwpn = port.Wwpn ?? VirtualAdapters.NewName();
        VirtualAdapters.Order(keeper.Tree, adapter, make: true, wwnn, wwpn);
        KnownDevice? made = await keeper.UntilAsync(() => Table.All.FirstOrDefault(device => VirtualAdapters.FibreChannel(device.Def) is { } names
            && names.Wwnn == wwnn && names.Wwpn == wwpn), Table.Scan, cancel).ConfigureAwait(false);
        return (made ?? throw NodeDeviceErrors.NoAdapter(wwnn, wwpn)).Ref;
    }

    /// <summary>The address of the device that a mediated one is to be part of.</summary>
    string ParentAddress(NodeDeviceDef wanted)
    {
        if (!wanted.Capabilities.Any(static capability => capability is NodeCapability.OfMdev))
            throw NodeDeviceErrors.WrongKind();
        string name = wanted.Parent?.Name ?? throw NodeDeviceErrors.Unsupported("missing parent device");
        return Table.Find(name)?.SysPath is { } path ? Path.GetFileName(path) : throw NodeDeviceErrors.Unsupported($"invalid parent device '{name}'");
    }

    // mdevctl tells the uuid if it was to choose one.
    static Uuid UuidOf(NodeDeviceDef wanted, string told) => wanted.Capabilities.OfType<NodeCapability.OfMdev>().First().Uuid
        ?? (Uuid.TryParse(told.Trim(), out Uuid chosen) ? chosen : throw VireoException.Internal(ErrorDomain.Nodedev, $"mdevctl told no uuid: '{told.Trim()}'"));

    Task<KnownDevice?> ComeAsync(Uuid uuid, CancellationToken cancel) => keeper.UntilAsync(() => Active(uuid), () =>
    {
        if (Active(uuid) is null && keeper.Tree.Resolve($"/bus/mdev/devices/{uuid}") is { } path)
            Table.LookAt(path);
    }, cancel);

    KnownDevice? Active(Uuid uuid) => Table.All.FirstOrDefault(device => device is { IsActive: true, Mdev.Uuid: { } own } && own == uuid);

    public async ValueTask DestroyAsync(string name, CancellationToken cancel)
    {
        KnownDevice device = await GetAsync(name, cancel).ConfigureAwait(false);
        if (!device.IsActive)
            throw NodeDeviceErrors.Invalid($"Device '{name}' is not active");
        if (device.Def.Capabilities.Any(static capability => capability is NodeCapability.OfScsiHost))
        {
            ScsiHostFunction.OfFibreChannel names = VirtualAdapters.FibreChannel(device.Def) ?? throw VireoException.Internal(ErrorDomain.Nodedev, "Device is not a fibre channel HBA");
            string parent = Table.ParentOf(device)!;
            if (!parent.StartsWith("scsi_host", StringComparison.Ordinal))
                throw VireoException.Internal(ErrorDomain.Nodedev, $"Invalid adapter name '{parent}' for SCSI pool");
            VirtualAdapters.Order(keeper.Tree, Table.Get(parent), make: false, names.Wwnn!, names.Wwpn!);
        }
        else if (device.Mdev is { Uuid: { } uuid } part)
        {
            // The kernel would wait until the guest lets go of it, and mdevctl with it.
            if (part.IommuGroup is { } group and > 0 && IsOpen($"{devices}/vfio/{group}"))
                throw VireoException.System(ErrorDomain.Nodedev, Busy, $"Failed to destroy '{name}': a guest uses it");
            await keeper.Mdevctl.RunAsync(MdevctlCommands.Stop(uuid), $"Unable to destroy '{name}'", cancel).ConfigureAwait(false);
        }
        else
            throw NodeDeviceErrors.WrongKind();
        string path = device.SysPath!;
        await keeper.UntilAsync(() => Table.At(path) is null ? device : null, () =>
        {
            if (!keeper.Tree.Exists(path))
                Table.Forget(path);
        }, cancel).ConfigureAwait(false);
    }

    // The kernel opens a group once.
    static bool IsOpen(string group)
    {
        try
        {
            if (File.Exists(group))
                File.OpenHandle(group).Dispose();
            return false;
        }
        catch (IOException fault)
        {
            return (fault.HResult & 0xffff) == Busy;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    public async ValueTask<NodeDeviceRef> DefineAsync(string xml, NodeDeviceDefineFlags flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only((uint)flags, (uint)NodeDeviceDefineFlags.Validate, "nodeDeviceDefineXML");
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        NodeDeviceDef wanted = Read(xml, flags.HasFlag(NodeDeviceDefineFlags.Validate));
        string parent = ParentAddress(wanted);
        Uuid uuid = UuidOf(wanted, await keeper.Mdevctl.RunAsync(MdevctlCommands.Define(wanted, parent), "Unable to define mediated device", cancel).ConfigureAwait(false));
        await keeper.ReadDefinedAsync(cancel).ConfigureAwait(false);
        return (Table.All.FirstOrDefault(device => device.Kept is not null && device.Mdev is { } part && part.Uuid == uuid && part.ParentAddress == parent)
            ?? throw NodeDeviceErrors.NotCome($"{uuid}")).Ref;
    }

    public async ValueTask UndefineAsync(string name, uint flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only(flags, 0, "nodeDeviceUndefine");
        KnownDevice device = await GetAsync(name, cancel).ConfigureAwait(false);
        if (device.Mdev is not { Uuid: { } uuid })
            throw NodeDeviceErrors.WrongKind();
        if (!device.IsPersistent)
            throw NodeDeviceErrors.Invalid("Node device is not persistent");
        await keeper.Mdevctl.RunAsync(MdevctlCommands.Undefine(uuid), $"Unable to undefine mediated device", cancel).ConfigureAwait(false);
        await keeper.ReadDefinedAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask CreateAsync(string name, uint flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only(flags, 0, "nodeDeviceCreate");
        KnownDevice device = await GetAsync(name, cancel).ConfigureAwait(false);
        if (device.IsActive)
            throw NodeDeviceErrors.Invalid("Device is already active");
        if (device.Mdev is not { Uuid: { } uuid })
            throw NodeDeviceErrors.WrongKind();
        await keeper.Mdevctl.RunAsync(MdevctlCommands.Start(uuid), "Unable to create mediated device", cancel).ConfigureAwait(false);
        if (await ComeAsync(uuid, cancel).ConfigureAwait(false) is null)
            throw NodeDeviceErrors.NotCome(name);
    }

    public async ValueTask<bool> GetAutostartAsync(string name, CancellationToken cancel) =>
        await GetAsync(name, cancel).ConfigureAwait(false) is { } device && (device.Autostart || device.IsComputer);

    public async ValueTask SetAutostartAsync(string name, bool autostart, CancellationToken cancel)
    {
        KnownDevice device = await GetAsync(name, cancel).ConfigureAwait(false);
        if (device.Mdev is not { Uuid: { } uuid })
            throw NodeDeviceErrors.NotThisOperation();
        if (!device.IsPersistent)
            throw NodeDeviceErrors.Invalid("cannot set autostart for transient device");
        await keeper.Mdevctl.RunAsync(MdevctlCommands.Autostart(uuid, autostart), $"Unable to set autostart on '{name}'", cancel).ConfigureAwait(false);
        await keeper.ReadDefinedAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask<bool> IsPersistentAsync(string name, CancellationToken cancel) => (await GetAsync(name, cancel).ConfigureAwait(false)).IsPersistent;

    public async ValueTask<bool> IsActiveAsync(string name, CancellationToken cancel) => (await GetAsync(name, cancel).ConfigureAwait(false)).IsActive;

    async ValueTask<KnownDevice> GetAsync(string name, CancellationToken cancel)
    {
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        return Table.Get(name);
    }
}
