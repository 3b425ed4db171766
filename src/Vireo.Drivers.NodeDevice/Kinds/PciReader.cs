using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Host.Pci;
using Vireo.Model.Domain.Devices;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>PCI cards.</summary>
static class PciReader
{
    const int Bridge = 1, CardBusBridge = 2;

    /// <summary>The vendor and product of a card; null: it is none.</summary>
    public static (int Vendor, int Product)? Id(SysDevice device) =>
        device.Subsystem is "pci" && device["PCI_ID"]?.Split(':') is [var vendor, var product] && SysDevice.Hex(vendor) is { } v && SysDevice.Hex(product) is { } p ? ((int)v, (int)p) : null;

    /// <summary>Vital product data take a card long to tell; they are read once.</summary>
    public static NodeCapability? Read(SysDevice device, SysTree tree, PciNames names, NodeCapability.OfPci? before)
    {
        if (Id(device) is not { } id || Address(device.Name) is not { } at)
            return null;
        var (vendor, product) = names.Of(id.Vendor, id.Product);
        var configuration = new PciConfiguration(device.Bytes("config") ?? [], device.Length("config"));
        return new NodeCapability.OfPci
        {
            Class = SysDevice.Hex(device["PCI_CLASS"]) is { } kind ? new PciClass(kind) : null,
            Domain = at.Domain,
            Bus = at.Bus,
            Slot = at.Slot,
            Function = at.Function,
            VendorId = new DeviceId((uint)id.Vendor),
            Vendor = vendor,
            ProductId = new DeviceId((uint)id.Product),
            Product = product,
            Functions = [.. Functions(device, configuration, before)],
            IommuGroup = Group(device, tree),
            NumaNode = device.NumberOf("numa_node") is <= int.MaxValue and var node ? (int)node : null,
            Express = configuration.IsExpress ? new PciExpress { Links = Links(configuration) } : null,
        };
    }

    static IEnumerable<DeviceFunction> Functions(SysDevice device, PciConfiguration configuration, NodeCapability.OfPci? before)
    {
        if (device.LinkName("physfn") is { } physical && Address(physical) is { } owner)
            yield return new DeviceFunction.OfPhysical { Address = owner };
        HostPciAddress[] virtuals =
        [
            .. device.Names().Select(static name => (Name: name, Number: name.StartsWith("virtfn", StringComparison.Ordinal) ? SysDevice.Number(name[6..]) : null))
                .Where(static one => one.Number is not null).OrderBy(static one => one.Number).Select(one => Address(device.LinkName(one.Name) ?? "")).OfType<HostPciAddress>(),
        ];
        ulong most = device.NumberOf("sriov_totalvfs") ?? 0;
        if (virtuals.Length > 0 || most > 0)
            yield return new DeviceFunction.OfVirtual { Most = most > 0 ? (uint)most : null, Addresses = [.. virtuals] };
        if (configuration.HeaderType == Bridge)
            yield return new DeviceFunction.OfBridge();
        else if (configuration.HeaderType == CardBusBridge)
            yield return new DeviceFunction.OfCardBusBridge();
        if (OthersReader.MdevTypes(device) is [var types, ..])
            yield return types;
        if ((before is null ? Vpd(device) : before.Functions.OfType<DeviceFunction.OfVpd>().FirstOrDefault()) is { } vpd)
            yield return vpd;
    }

    static DeviceFunction.OfVpd? Vpd(SysDevice device)
    {
        try
        {
            return device.Bytes("vpd") is { Length: > 0 } bytes && VitalProductData.Parse(bytes) is { Name: { } name } data
                ? new DeviceFunction.OfVpd { Name = name, Fields = data.Writable is { } writable ? [Fixed(data.Fixed), Changeable(writable)] : [Fixed(data.Fixed)] } : null;
        }
        catch (VireoException)
        {
            // What makes no sense is not told, as with libvirt.
            return null;
        }
    }

    static VpdFields Fixed(IReadOnlyDictionary<string, string> fields) => new()
    {
        Access = VpdAccess.ReadOnly,
        ChangeLevel = fields.GetValueOrDefault("EC"),
        ManufactureId = fields.GetValueOrDefault("MN"),
        PartNumber = fields.GetValueOrDefault("PN"),
        SerialNumber = fields.GetValueOrDefault("SN"),
        VendorFields = Own(fields, 'V'),
    };

    static VpdFields Changeable(IReadOnlyDictionary<string, string> fields) => new()
    {
        Access = VpdAccess.ReadWrite,
        AssetTag = fields.GetValueOrDefault("YA"),
        VendorFields = Own(fields, 'V'),
        SystemFields = Own(fields, 'Y'),
    };

    static ValueList<VpdField> Own(IReadOnlyDictionary<string, string> fields, char kind) =>
    [
        .. fields.Where(field => field.Key[0] == kind && field.Key is not "YA").OrderBy(static field => field.Key, StringComparer.Ordinal)
            .Select(static field => new VpdField { Index = field.Key[1..], Value = field.Value }),
    ];

    static IommuGroup? Group(SysDevice device, SysTree tree) => OthersReader.Group(device) is { } number
        ? new IommuGroup { Number = number, Devices = [.. tree.Names($"/kernel/iommu_groups/{number}/devices").Select(Address).OfType<HostPciAddress>()] } : null;

    static ValueList<PciLink> Links(PciConfiguration configuration) => configuration.Link is not { } link ? []
        : [Link(PciLinkKind.Capability, link.Most), Link(PciLinkKind.Status, link.Now)];

    static PciLink Link(PciLinkKind kind, PciLinkFacts facts) => new()
    {
        Kind = kind,
        Port = facts.Port,
        Speed = facts.Speed is >= 1 and <= (int)PciLinkSpeed.Gen6 + 1 ? (PciLinkSpeed)(facts.Speed - 1) : null,
        Width = (uint)facts.Width,
    };

    /// <summary>Reads <c>DDDD:BB:SS.F</c>, all hexadecimal; null: it is none.</summary>
    internal static HostPciAddress? Address(string name)
    {
        int dot = name.LastIndexOf('.');
        string[] parts = dot > 0 ? name[..dot].Split(':') : [];
        return parts.Length == 3 && Hex(parts[0]) is { } domain && Hex(parts[1]) is { } bus && Hex(parts[2]) is { } slot && Hex(name[(dot + 1)..]) is { } function
            ? new HostPciAddress { Domain = domain, Bus = bus, Slot = slot, Function = function } : null;
    }

    static uint? Hex(string text) => uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : null;
}
