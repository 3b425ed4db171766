using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>A LUN of the host's adapter or of an iSCSI server, whole, with its commands.</summary>
static class ScsiHostdev
{
    public static DevicePlan Plan(Hostdev device, HostdevSource.OfScsi scsi, PlanContext at)
    {
        string node = $"libvirt-{Index(device, at)}-backend";
        var backends = ImmutableArray.CreateBuilder<QemuPart>();
        QemuProperties protocol;
        ImmutableArray<HostStep> host = [];
        if (scsi.Protocol is NetworkDiskProtocol.Iscsi)
        {
            string? secret = scsi.Auth is null ? null : $"{node}-secret0";
            if (secret is not null)
                backends.Add(BlockObjects.Secret(secret, BlockObjects.SecretsOf(at).Encrypt(scsi.Auth!.Secret)));
            protocol = StorageNode.ProtocolOf(new BlockImage
            {
                Source = new DiskSource.OfNetwork
                {
                    Protocol = NetworkDiskProtocol.Iscsi, Name = scsi.Name, Hosts = scsi.Hosts, InitiatorIqn = scsi.InitiatorIqn,
                },
                Auth = scsi.Auth,
                Names = new ImageNames { Storage = node, Format = node, AuthSecret = secret },
            });
        }
        else
        {
            string path = at.Start.ScsiNode(scsi);
            host = [new HostStep.Allow(path, device.ReadOnly)];
            protocol = new QemuProperties { { "driver", "host_device" }, { "filename", path } };
        }
        backends.Add(new QemuBlockdev { protocol, { "node-name", node }, { "read-only", device.ReadOnly } });
        return new DevicePlan
        {
            Host = host,
            Backends = backends.ToImmutable(),
            Frontends =
            [
                new QemuDevice("scsi-generic")
                {
                    { "share-rw", device.Shareable ? true : null },
                    { "drive", node },
                    { "id", device.Alias },
                    { "bootindex", at.BootIndex(device) },
                    Place(device, at),
                },
            ],
        };
    }

    // The numbers go on where those of the disks' images end.
    static uint Index(Hostdev device, PlanContext at)
    {
        uint next = ImageIndexes.NextOf(at.Machine);
        foreach (Hostdev other in at.Machine.Devices.Hostdevs)
        {
            if (ReferenceEquals(other, device))
                break;
            if (other.Source is HostdevSource.OfScsi)
                next++;
        }
        return next;
    }

    static QemuProperties Place(Hostdev device, PlanContext at)
    {
        var drive = device.Address as DeviceAddress.Drive ?? new DeviceAddress.Drive();
        string controller = AddressProperties.Controller(at.Machine, ControllerType.Scsi, drive.Controller, "scsi0");
        return ScsiBus.IsNarrow(at.Machine, drive.Controller)
            ? new QemuProperties { { "bus", $"{controller}.0" }, { "scsi-id", (uint?)drive.Unit } }
            : new QemuProperties
            {
                { "bus", $"{controller}.0" },
                { "channel", (uint?)drive.Bus },
                { "scsi-id", (uint?)drive.Target },
                { "lun", (uint?)drive.Unit },
            };
    }
}
