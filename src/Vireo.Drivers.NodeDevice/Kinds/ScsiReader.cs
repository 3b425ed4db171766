using System.Globalization;
using Vireo.Core;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>SCSI adapters, targets and units.</summary>
static class ScsiReader
{
    public static NodeCapability? Host(SysDevice device, SysTree tree)
    {
        if (!device.Name.StartsWith("host", StringComparison.Ordinal) || SysDevice.Number(device.Name[4..]) is not { } number)
            return null;
        List<ScsiHostFunction> functions = [];
        string fibre = $"/class/fc_host/{device.Name}", plain = $"/class/scsi_host/{device.Name}";
        if (tree.Text(fibre + "/port_name") is { } port && tree.Text(fibre + "/node_name") is { } node)
            functions.Add(new ScsiHostFunction.OfFibreChannel { Wwnn = WorldWide(node), Wwpn = WorldWide(port), FabricWwn = WorldWide(tree.Text(fibre + "/fabric_name")) });
        if (((string[])[fibre, plain]).FirstOrDefault(folder => tree.Exists(folder + "/vport_create")) is { } ports)
            functions.Add(new ScsiHostFunction.OfVirtualPorts { Most = Count(ports + "/max_npiv_vports"), Used = Count(ports + "/npiv_vports_inuse") });
        return new NodeCapability.OfScsiHost
        {
            Host = (uint)number,
            UniqueId = (uint?)SysDevice.Number(tree.Text(plain + "/unique_id")?.Trim()),
            Functions = [.. functions],
        };

        uint Count(string file) => (uint)(SysDevice.Number(tree.Text(file)?.Trim()) ?? 0);
    }

    /// <summary>A name without 0x.</summary>
    internal static string? WorldWide(string? name) => name is ['0', 'x', .. var rest] ? rest : name;

    public static NodeCapability Target(SysDevice device)
    {
        ValueList<ScsiTargetFunction> functions = [];
        string parent = Path.GetDirectoryName(device.Path)!, remote = Path.GetFileName(parent);
        if (remote.StartsWith("rport-", StringComparison.Ordinal) && device.Attribute($"../fc_remote_ports/{remote}/port_name") is { } port)
            functions = [new ScsiTargetFunction.OfRemotePort { Name = remote, Wwpn = port }];
        return new NodeCapability.OfScsiTarget { Target = device.Name, Functions = functions };
    }

    public static NodeCapability? Unit(SysDevice device)
    {
        string[] parts = device.Name.Split(':');
        uint[] numbers = [.. parts.Select(static part => uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : uint.MaxValue)];
        return numbers.Length != 4 || numbers.Contains(uint.MaxValue) ? null
            : new NodeCapability.OfScsi { Host = numbers[0], Bus = numbers[1], Target = numbers[2], Lun = numbers[3], Type = Kind(device.NumberOf("type")) };
    }

    // The peripheral device types of the SCSI standard that libvirt has a word for.
    static string? Kind(ulong? type) => type switch
    {
        0 => "disk",
        1 => "tape",
        3 => "processor",
        4 => "worm",
        5 => "cdrom",
        6 => "scanner",
        7 => "mod",
        8 => "changer",
        12 => "raid",
        13 => "enclosure",
        _ => null,
    };
}
