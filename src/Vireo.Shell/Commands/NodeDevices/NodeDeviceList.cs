using Vireo.Driver;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.NodeDevices;

/// <summary>The list of devices.</summary>
static class NodeDeviceList
{
    /// <summary>virsh's words for capabilities, in the order of their flags.</summary>
    static readonly string[] capabilities =
    [
        "system", "pci", "usb_device", "usb", "net", "scsi_host", "scsi_target", "scsi", "storage", "fc_host", "vports", "scsi_generic", "drm", "mdev_types",
        "mdev", "ccw", "css", "vdpa", "ap_card", "ap_queue", "ap_matrix", "vpd",
    ];

    public static CommandDef[] All { get; } =
    [
        new("nodedev-list", "list the host's devices", Run,
            OptionDef.Flag("tree", "draw what hangs on what"),
            OptionDef.Text("cap", "only those with one of these capabilities, separated by commas"),
            OptionDef.Flag("inactive", "those that are not active"),
            OptionDef.Flag("all", "those that are active and those that are not"))
        {
            Description = "Lists the devices that are active, or those that the options ask for.",
        },
    ];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        bool tree = call.Has("tree"), inactive = call.Has("inactive"), all = call.Has("all");
        if (inactive && all)
            throw new CommandFailure("Option --all is incompatible with --inactive");
        string? wanted = call.Text("cap");
        if (tree && (wanted is not null || inactive))
            throw new CommandFailure("Option --tree is incompatible with --cap and --inactive");
        ListNodeDevicesFlags flags = all ? ListNodeDevicesFlags.Active | ListNodeDevicesFlags.Inactive
            : inactive ? ListNodeDevicesFlags.Inactive : ListNodeDevicesFlags.Active;
        foreach (string word in wanted?.Split(',') ?? [])
        {
            int at = Array.IndexOf(capabilities, word);
            flags |= at >= 0 ? (ListNodeDevicesFlags)(1u << at) : throw new CommandFailure("Invalid capability type");
        }
        INodeDeviceListing lists = shell.Calls.Read<INodeDeviceListing>("virConnectListAllNodeDevices");
        NodeDeviceRef[] found = await Attempt.To("Failed to list node devices", () => lists.ListAllAsync(flags, default));
        string[] names = [.. found.Select(device => device.Name).Order(StringComparer.Ordinal)];
        if (!tree)
        {
            foreach (string name in names)
                shell.Out.Line(name);
            return true;
        }
        var parents = new Dictionary<string, string?>();
        foreach (string name in names)
            parents[name] = await lists.GetParentAsync(name, default);
        shell.Out.Print(Tree.Draw(names, parents.GetValueOrDefault));
        return true;
    }
}
