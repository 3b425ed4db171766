using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>The chip behind each serial port; sockets of channels that a start makes are not part of a definition.</summary>
static class CharacterDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        Platform platform = Platform.Of(machine, context.Facts);
        DeviceSet set = machine.Devices;
        return machine with
        {
            Devices = set with
            {
                Serials = set.Serials.Map(s => Complete(s, platform)),
                Channels = context.Inactive ? set.Channels.Map(c => WithoutMadePath(c, context.ChannelFolder)) : set.Channels,
            },
        };
    }

    /// <summary>The places where any release has put a channel's socket.</summary>
    static Channel WithoutMadePath(Channel channel, string folder)
    {
        if (channel is not { Source: ChardevSource.OfUnix { Path: { } path } unix, Target: ChannelTarget.OfVirtio { Name: { } name } })
            return channel;
        return IsMade(path, folder, name) ? channel with { Source = unix with { Mode = null, Path = null } } : channel;
    }

    /// <summary>FOLDER/GUEST.NAME or FOLDER/domain-GUEST/NAME.</summary>
    static bool IsMade(ReadOnlySpan<char> path, string folder, string name)
    {
        if (!path.StartsWith(folder, StringComparison.Ordinal) || !path.EndsWith(name, StringComparison.Ordinal) || path.Length < folder.Length + 1 + name.Length)
            return false;
        ReadOnlySpan<char> between = path[folder.Length..^name.Length];
        if (between[0] != '/')
            return false;
        ReadOnlySpan<char> guest = between[1..];
        return guest is [_, .., '.'] && !guest.Contains('/')
            || guest is [.., '/'] && guest.StartsWith("domain-", StringComparison.Ordinal) && guest.Length > "domain-/".Length && !guest[..^1].Contains('/');
    }

    static Serial Complete(Serial serial, Platform platform)
    {
        SerialTarget? type = serial.TargetType ?? Default(serial, platform);
        if (type is SerialTarget.IsaSerial && platform.Serial is SerialTarget.SpaprVioSerial)
            type = SerialTarget.SpaprVioSerial;           // what libvirt once wrote for such machines
        return serial with
        {
            TargetType = type,
            TargetModel = serial.TargetModel ?? type switch
            {
                SerialTarget.IsaSerial => "isa-serial",
                SerialTarget.UsbSerial => "usb-serial",
                SerialTarget.PciSerial => "pci-serial",
                SerialTarget.SpaprVioSerial => "spapr-vty",
                SerialTarget.SystemSerial => platform.SystemSerialModel,
                SerialTarget.SclpSerial => "sclpconsole",
                SerialTarget.IsaDebug => "isa-debugcon",
                _ => null,
            },
        };
    }

    static SerialTarget? Default(Serial serial, Platform platform)
    {
        if (serial.Address is DeviceAddress.Usb)
            return SerialTarget.UsbSerial;
        if (serial.Address is DeviceAddress.Pci)
            return SerialTarget.PciSerial;
        return platform.Serial;
    }
}
