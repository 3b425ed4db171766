using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>What a caller wants of a migration: its flags, and everything that has a name.</summary>
sealed record MigrationOrder
{
    const ParameterType Text = ParameterType.String, Number = ParameterType.Int, Big = ParameterType.ULong;

    static readonly (string Name, ParameterType Type, bool Many)[] known =
    [
        ("migrate_uri", Text, false), ("destination_name", Text, false), ("destination_xml", Text, false), ("bandwidth", Big, false), ("graphics_uri", Text, false),
        ("listen_address", Text, false), ("migrate_disks", Text, true), ("disks_port", Number, false), ("compression", Text, true),
        ("compression.mt.level", Number, false), ("compression.mt.threads", Number, false), ("compression.mt.dthreads", Number, false),
        ("compression.xbzrle.cache", Big, false), ("persistent_xml", Text, false), ("auto_converge.initial", Number, false),
        ("auto_converge.increment", Number, false), ("bandwidth.postcopy", Big, false), ("parallel.connections", Number, false),
        ("tls.destination", Text, false), ("disks_uri", Text, false),
    ];

    /// <summary>How.</summary>
    internal required DomainMigrateFlags Flags { get; init; }

    /// <summary>Where the target's QEMU listens.</summary>
    internal string? Uri { get; init; }

    /// <summary>The machine's name at the target; null: as at the source.</summary>
    internal string? Name { get; init; }

    /// <summary>The machine's document for the target.</summary>
    internal string? Xml { get; init; }

    /// <summary>The definition that it has at the target after its next start.</summary>
    internal string? PersistentXml { get; init; }

    /// <summary>How fast memory may be sent, in MiB a second; 0: as fast as it goes.</summary>
    internal ulong Bandwidth { get; init; }

    /// <summary>Where viewers of SPICE are sent.</summary>
    internal string? GraphicsUri { get; init; }

    /// <summary>Where the target's QEMU listens, if not everywhere.</summary>
    internal string? ListenAddress { get; init; }

    /// <summary>Targets of the disks whose content goes along; empty: all that can be written to.</summary>
    internal ValueList<string> Disks { get; init; }

    /// <summary>The port for disks; 0: any.</summary>
    internal int DisksPort { get; init; }

    /// <summary>Where the target takes disks, in place of a port.</summary>
    internal string? DisksUri { get; init; }

    /// <summary>All that was said by name.</summary>
    internal ValueList<TypedParameter> All { get; init; }

    internal bool Has(DomainMigrateFlags flag) => (Flags & flag) != 0;

    internal const DomainMigrateFlags Storage = DomainMigrateFlags.NonSharedDisk | DomainMigrateFlags.NonSharedInc;

    internal int? Int(string name) => All.FirstOrDefault(p => p.Name == name) is { Name: not null } found ? found.AsInt : null;
    internal ulong? Ulong(string name) => All.FirstOrDefault(p => p.Name == name) is { Name: not null } found ? found.AsULong : null;
    internal IEnumerable<string> Texts(string name) => All.Where(p => p.Name == name).Select(static p => p.AsString);

    /// <summary>Reads parameters.</summary>
    /// <exception cref="VireoException">One is not known, of another type, or there twice.</exception>
    internal static MigrationOrder Read(TypedParameter[] parameters, DomainMigrateFlags flags)
    {
        var one = parameters.Where(static p => !Array.Exists(known, k => k.Name == p.Name && k.Many)).ToArray();
        (string, ParameterType)[] single = [.. known.Where(static k => !k.Many).Select(static k => (k.Name, k.Type))];
        ParameterRules.Check(one, single);
        foreach (var many in parameters.Except(one))
            ParameterRules.Check([many], (many.Name, Text));
        var order = new MigrationOrder { Flags = flags, All = [.. parameters] };
        string? Said(string name) => order.Texts(name).FirstOrDefault();
        return order with
        {
            Uri = Said("migrate_uri"), Name = Said("destination_name"), Xml = Said("destination_xml"), PersistentXml = Said("persistent_xml"),
            Bandwidth = order.Ulong("bandwidth") ?? 0, GraphicsUri = Said("graphics_uri"), ListenAddress = Said("listen_address"),
            Disks = order.Texts("migrate_disks").ToValueList(), DisksPort = order.Int("disks_port") ?? 0, DisksUri = Said("disks_uri"),
        };
    }

    /// <summary>Refuses flags that do not go together, and parameters that do not go with them.</summary>
    internal MigrationOrder Checked()
    {
        MigrationFlagRules.Check(this);
        return this;
    }
}

/// <summary>Flags that cannot be, in libvirt's words.</summary>
static class MigrationFlagRules
{
    const DomainMigrateFlags Known = (DomainMigrateFlags)0x1fffff;

    internal static void Check(MigrationOrder order)
    {
        order.Flags.Only(Known, "qemuMigration");
        if (order.Has(DomainMigrateFlags.NonSharedDisk) && order.Has(DomainMigrateFlags.NonSharedInc))
            throw Wrong("Flags 'VIR_MIGRATE_NON_SHARED_DISK' and 'VIR_MIGRATE_NON_SHARED_INC' are mutually exclusive");
        if (order.Has(DomainMigrateFlags.Tunnelled) && !order.Has(DomainMigrateFlags.PeerToPeer))
            throw QemuErrors.Invalid("cannot perform tunnelled migration without using peer2peer flag");
        if (order.Has(DomainMigrateFlags.Offline))
        {
            if (order.Has(MigrationOrder.Storage)) throw QemuErrors.Invalid("offline migration cannot handle non-shared storage");
            if (!order.Has(DomainMigrateFlags.PersistDest)) throw QemuErrors.Invalid("offline migration must be specified with the persistent flag set");
            if (order.Has(DomainMigrateFlags.Tunnelled)) throw QemuErrors.Invalid("tunnelled offline migration does not make sense");
        }
        if (order.Has(DomainMigrateFlags.Tunnelled))
        {
            if (order.Uri is not null) throw QemuErrors.ArgumentUnsupported("migration URI is not supported by tunnelled migration");
            if (order.ListenAddress is not null) throw QemuErrors.ArgumentUnsupported("listen address is not supported by tunnelled migration");
            if (order.DisksPort != 0) throw QemuErrors.ArgumentUnsupported("disk port address is not supported by tunnelled migration");
            if (order.Has(MigrationOrder.Storage)) throw QemuErrors.Unsupported("disks are not copied by tunnelled migration");
        }
        if (order.Has(DomainMigrateFlags.Zerocopy) && !order.Has(DomainMigrateFlags.Parallel))
            throw QemuErrors.Invalid("zero-copy is only available for parallel migration");
        if (order.Has(DomainMigrateFlags.Postcopy) && order.Has(DomainMigrateFlags.Tunnelled))
            throw QemuErrors.ArgumentUnsupported("post-copy is not supported with tunnelled migration");
        if (order.Has(DomainMigrateFlags.PostcopyResume) && !order.Has(DomainMigrateFlags.Postcopy))
            throw Wrong("Flag 'VIR_MIGRATE_POSTCOPY' is required by flag 'VIR_MIGRATE_POSTCOPY_RESUME'");
    }

    /// <summary>qemu.conf wants TLS.</summary>
    internal static VireoException TlsForced() => QemuErrors.Invalid("this libvirtd instance allows migration only with VIR_MIGRATE_TLS flag");

    static VireoException Wrong(string text) => VireoException.InvalidArgument(ErrorDomain.Qemu, text);
}
