using Vireo.Core;
using Vireo.Host.Topology;

namespace Vireo.Hypervisor.Capabilities;

/// <summary>The host's uuid, by which two ends of a migration know that they are not the same host.</summary>
public static class HostIdentity
{
    /// <summary>
    /// What the configuration gives; else the firmware's uuid, unless the configuration prefers the system's machine id. Where the
    /// firmware has none the machine id stands in, so that the host stays the same from one start of the daemon to the next.
    /// </summary>
    /// <param name="tree">The host.</param>
    /// <param name="configured">host_uuid of the configuration.</param>
    /// <param name="source">host_uuid_source: <c>smbios</c> or <c>machine-id</c>.</param>
    public static Uuid Find(HostTree tree, string? configured = null, string source = "smbios")
    {
        if (Usable(configured) is { } given)
            return given;
        return (source == "machine-id" ? null : Usable(tree.Text("/sys/class/dmi/id/product_uuid")))
            ?? Usable(tree.Text("/etc/machine-id")) ?? Uuid.NewRandom();
    }

    // Makers that leave the field empty write one digit all over.
    static Uuid? Usable(string? text) =>
        text is not null && text.Where(char.IsAsciiHexDigit).Distinct().Count() > 1 && Uuid.TryParse(text, out Uuid uuid) ? uuid : null;
}
