using Vireo.Core;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Folders of the host: by QEMU itself over 9P, or by a program of their own as virtiofs.</summary>
sealed class FilesystemPlanner : IDevicePlanner<Filesystem>
{
    public DevicePlan Plan(Filesystem folder, PlanContext at) =>
        folder.Driver?.Type is FilesystemDriverType.VirtioFs ? VirtioFs(folder, at) : NineP(folder, at);

    static VirtioModel ModelOf(Filesystem folder) => folder.Model switch
    {
        InputModel.VirtioTransitional => VirtioModel.Transitional,
        InputModel.VirtioNonTransitional => VirtioModel.NonTransitional,
        _ => VirtioModel.Plain,
    };

    static DevicePlan NineP(Filesystem folder, PlanContext at)
    {
        string id = $"fsdev-{folder.Alias}";
        OptionText text;
        if (folder.Driver?.Type is FilesystemDriverType.Handle)
            text = new OptionText("handle");
        else
        {
            text = new OptionText("local").Add("security_model", folder.AccessMode switch
            {
                FilesystemAccess.Mapped => "mapped",
                FilesystemAccess.Squash => "none",
                _ => "passthrough",
            });
            text.AddIf("multidevs", folder.MultiDevs switch
            {
                FilesystemMultiDevs.Remap => "remap",
                FilesystemMultiDevs.Forbid => "forbid",
                FilesystemMultiDevs.Warn => "warn",
                _ => null,
            });
            text.AddIf("fmode", Octal(folder.FileMode)).AddIf("dmode", Octal(folder.DirectoryMode));
        }
        if (folder.Driver?.WritePolicy is FilesystemWritePolicy.Immediate)
            text.Add("writeout", "immediate");
        string path = folder.Source?.Directory ?? "";
        text.Add("id", id).Add("path", path);
        if (folder.ReadOnly)
            text.Word("readonly");
        VirtioModel model = ModelOf(folder);
        return new DevicePlan
        {
            Backends = [new QemuOption("fsdev", text.ToString())],
            Frontends =
            [
                new QemuDevice(at.Virtio("virtio-9p", folder, model))
                {
                    at.VirtioOptions(folder.Driver, model),
                    { "id", folder.Alias },
                    { "fsdev", id },
                    { "mount_tag", folder.Target },
                    at.Address(folder),
                },
            ],
        };
    }

    static string? Octal(FilePermissions? mode) => mode is { } bits ? "0" + bits.ToXml().TrimStart('0') : null;

    static DevicePlan VirtioFs(Filesystem folder, PlanContext at)
    {
        string id = $"chr-vu-{folder.Alias}";
        string socket = folder.Source?.Socket ?? SocketOf(at.Start.DomainDirectory, folder);
        return new DevicePlan
        {
            Host = folder.Source?.Socket is null ? [new HostStep.StartVirtioFs(folder, socket)] : [],
            Backends = [new QemuChardev("socket", id) { { "path", socket } }.As(new ChardevSource.OfUnix { Path = socket, Mode = ChardevMode.Connect })],
            Frontends =
            [
                new QemuDevice(at.Virtio("vhost-user-fs", folder, ModelOf(folder)))
                {
                    at.VirtioOptions(folder.Driver, ModelOf(folder)),
                    { "id", folder.Alias },
                    { "chardev", id },
                    { "queue-size", folder.Driver?.Queue },
                    { "tag", folder.Target },
                    { "bootindex", at.BootIndex(folder) },
                    at.Address(folder),
                },
            ],
        };
    }

    /// <summary>Where the program that serves a folder listens.</summary>
    public static string SocketOf(string domainDirectory, Filesystem folder) => $"{domainDirectory}/{folder.Alias}-fs.sock";
}
