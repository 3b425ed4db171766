using Vireo.Driver;
using Vireo.Drivers.NodeDevice.Kinds;
using Vireo.Drivers.NodeDevice.Mediated;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Host.Pci;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice;

/// <summary>The devices that are there and those that are defined. Reads take the tables as they are; changes come one after the other, and each tells who listens.</summary>
/// <param name="reader">Makes documents.</param>
/// <param name="names">Names of PCI products.</param>
/// <param name="events">Who listens.</param>
sealed class DeviceTable(DeviceReader reader, PciNames names, EventHub<NodeDeviceEvent> events)
{
    readonly Lock gate = new();
    volatile Tables now = new([], []);
    volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed record Tables(Dictionary<string, KnownDevice> ByName, Dictionary<string, KnownDevice> ByPath);

    public IEnumerable<KnownDevice> All => now.ByName.Values.OrderBy(static device => device.Name, StringComparer.Ordinal);

    /// <summary>Completes with the next change.</summary>
    public Task Changed => changed.Task;

    public KnownDevice? Find(string name) => now.ByName.GetValueOrDefault(name);

    public KnownDevice Get(string name) => Find(name) ?? throw NodeDeviceErrors.NoDevice(name);

    public KnownDevice? At(string path) => now.ByPath.GetValueOrDefault(path);

    /// <summary>The device with an address on its bus, as mdevctl names parents.</summary>
    public KnownDevice? WithAddress(string address) =>
        now.ByPath.Values.Where(device => Path.GetFileName(device.SysPath) == address).OrderBy(static device => device.SysPath!.Length).FirstOrDefault();

    /// <summary>The name of what a device hangs on; null: on nothing.</summary>
    public string? ParentOf(KnownDevice device)
    {
        if (device.IsComputer)
            return null;
        if (device.SysPath is null)
            return device.Def.Parent?.Name;
        for (string? path = Path.GetDirectoryName(device.SysPath); path is { Length: > 1 }; path = Path.GetDirectoryName(path))
            if (At(path) is { } parent)
                return parent.Name;
        return DeviceReader.Computer;
    }

    /// <summary>Looks at a device again, and says all of it.</summary>
    public NodeDeviceDef Whole(KnownDevice device)
    {
        NodeDeviceDef def = device.SysPath is { } path && reader.Tree.Device(path) is { } there && reader.Read(there, device.Def) is { } fresh
            ? WithKept(fresh with { Name = device.Name }, device.Kept) : device.Def;
        return def with { Parent = ParentOf(device) is { } parent ? new NodeDeviceParent { Name = parent } : null };
    }

    // The kernel does not tell how a device was set up.
    static NodeDeviceDef WithKept(NodeDeviceDef def, NodeDeviceDef? kept) => kept?.Capabilities.OfType<NodeCapability.OfMdev>().FirstOrDefault() is not { } written ? def
        : def with { Capabilities = def.Capabilities.Map(capability => capability is NodeCapability.OfMdev part ? part with { Attributes = written.Attributes } : capability) };

    /// <summary>Looks at all of them.</summary>
    public void Scan()
    {
        List<SysDevice> found = [.. reader.Tree.Devices()];
        names.Load(found.Select(PciReader.Id).OfType<(int, int)>());
        List<KnownDevice> devices = [new(reader.System(), null)];
        foreach (SysDevice device in found)
            if (reader.Read(device, At(device.Path)?.Def) is { } def)
                devices.Add(new KnownDevice(def, device.Path));
        lock (gate)
        {
            if (now.ByName.Count == 0)
            {
                devices = [.. devices.DistinctBy(static device => device.Name)];
                Swap(devices.ToDictionary(static device => device.Name), devices.Where(static device => device.SysPath is not null).ToDictionary(static device => device.SysPath!));
                return;
            }
            HashSet<string> paths = [.. devices.Select(static device => device.SysPath).OfType<string>()];
            foreach (KnownDevice gone in now.ByPath.Values.Where(device => !paths.Contains(device.SysPath!)).ToList())
                Remove(gone);
            foreach (KnownDevice device in devices)
                if (device.SysPath is not null && At(device.SysPath)?.Def != device.Def)
                    Put(device);
        }
    }

    /// <summary>Something happened to a device.</summary>
    /// <param name="path">Its folder below /sys.</param>
    public void LookAt(string path)
    {
        NodeDeviceDef? def = reader.Tree.Device(path) is { } there ? reader.Read(there) : null;
        lock (gate)
        {
            if (def is not null)
                Put(new KnownDevice(def, path));
            else if (At(path) is { } gone)
                Remove(gone);
        }
    }

    /// <summary>A device and all below it are gone.</summary>
    public void Forget(string path)
    {
        lock (gate)
            foreach (KnownDevice gone in now.ByPath.Values.Where(device => device.SysPath == path || device.SysPath!.StartsWith(path + "/", StringComparison.Ordinal)).ToList())
                Remove(gone);
    }

    void Put(KnownDevice device)
    {
        if (device.SysPath is { } path && At(path) is { } before && before.Name != device.Name)
            Remove(before);
        KnownDevice? known = Find(device.Name);
        Set(known is null ? device : device with { Kept = known.Kept, Autostart = known.Autostart });
        if (known is { IsActive: true })
            events.Raise(new NodeDeviceUpdateEvent(device.Ref));
        else
            Tell(device, NodeDeviceEventType.Created);
    }

    // What is defined stays.
    void Remove(KnownDevice gone)
    {
        if (gone.Kept is { } kept)
            Set(gone with { Def = kept, SysPath = null, IsActive = false }, oldPath: gone.SysPath);
        else
            Drop(gone);
        Tell(gone, NodeDeviceEventType.Deleted);
    }

    /// <summary>What mdevctl keeps.</summary>
    public void SetDefined(IReadOnlyList<KnownMdev> defined)
    {
        lock (gate)
        {
            var kept = defined.GroupBy(static one => one.Device.Name!).ToDictionary(static group => group.Key, static group => group.First());
            foreach (KnownDevice device in now.ByName.Values.Where(device => device.Kept is not null && !kept.ContainsKey(device.Name)).ToList())
            {
                if (device.IsActive)
                    Set(device with { Kept = null, Autostart = false });
                else
                    Drop(device);
                Tell(device, NodeDeviceEventType.Undefined);
            }
            foreach (KnownMdev one in kept.Values)
                Keep(one);
        }
    }

    void Keep(KnownMdev one)
    {
        NodeDeviceDef def = NodeDeviceDefaults.Apply(one.Device);
        KnownDevice? known = Find(def.Name!);
        if (known is { Kept: { } before } && known.Autostart == one.Autostart && before.ToXml() == def.ToXml())
            return;
        Set(known is { IsActive: true } ? known with { Kept = def, Autostart = one.Autostart } : new KnownDevice(def, null) { IsActive = false, Kept = def, Autostart = one.Autostart });
        if (known?.Kept is null)
            Tell(one.Device.Name!, NodeDeviceEventType.Defined);
        else if (known.Kept.ToXml() != def.ToXml())
            events.Raise(new NodeDeviceUpdateEvent(new(def.Name!)));
    }

    void Tell(KnownDevice device, NodeDeviceEventType type) => Tell(device.Name, type);

    void Tell(string name, NodeDeviceEventType type) => events.Raise(new NodeDeviceLifecycleEvent(new(name), type, 0));

    void Set(KnownDevice device, string? oldPath = null)
    {
        Dictionary<string, KnownDevice> byName = new(now.ByName) { [device.Name] = device }, byPath = new(now.ByPath);
        if (oldPath is not null)
            byPath.Remove(oldPath);
        if (device.SysPath is { } path)
            byPath[path] = device;
        Swap(byName, byPath);
    }

    void Drop(KnownDevice device)
    {
        Dictionary<string, KnownDevice> byName = new(now.ByName), byPath = new(now.ByPath);
        byName.Remove(device.Name);
        if (device.SysPath is { } path)
            byPath.Remove(path);
        Swap(byName, byPath);
    }

    void Swap(Dictionary<string, KnownDevice> byName, Dictionary<string, KnownDevice> byPath)
    {
        now = new Tables(byName, byPath);
        TaskCompletionSource before = changed;
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        before.TrySetResult();
    }
}
