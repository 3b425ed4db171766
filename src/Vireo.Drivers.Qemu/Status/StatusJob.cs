using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Status;

/// <summary>The job under way, so that it can be ended in order when its daemon ended before it.</summary>
[Element("job")]
public sealed partial record StatusJob
{
    [Attr("type", Bad = "internal|Unknown job type {0}")] public required JobKind Type { get; init; }

    /// <summary>The long job, within which short ones run.</summary>
    [Attr("async", Bad = "internal|Unknown async job type {0}")] public required LongJobKind Async { get; init; }

    /// <summary>How far it is: libvirt's word of that kind of job.</summary>
    [Attr("phase")] public string? Phase { get; init; }

    /// <summary>The flags of the call that started it.</summary>
    [Attr("flags", Hex = 1)] public ulong? Flags { get; init; }

    /// <summary>When it started, in milliseconds since 1970; 0: not known.</summary>
    [Attr("asyncStarted")] public ulong? Started { get; init; }

    /// <summary>The disks of a migration.</summary>
    [Child("disk")] public ValueList<StatusJobDisk> Disks { get; init; }

    /// <summary>The emulator's migration parameters before it, to be put back.</summary>
    [Child("param", In = "migParams")] public ValueList<StatusMigrationParameter> MigrationParameters { get; init; }
}

[WireNames]
public enum JobKind
{
    None, Query, Destroy, Suspend, Modify, Abort,
    [Wire("migration operation")] MigrationOperation, [Wire("modify migration safe")] ModifyMigrationSafe, [Wire("async nested")] AsyncNested,
}

[WireNames]
public enum LongJobKind { None, [Wire("migration out")] MigrationOut, [Wire("migration in")] MigrationIn, Save, Dump, Snapshot, Start, Backup }

/// <summary>A disk of a machine that is migrated.</summary>
[Element("disk")]
public sealed partial record StatusJobDisk
{
    /// <summary>Its target, as vda.</summary>
    [Attr("dev")] public required string Target { get; init; }

    /// <summary>Its content is copied.</summary>
    [Attr("migrating")] public required bool Migrating { get; init; }

    /// <summary>Where to.</summary>
    [Child] public MigrationSource? Destination { get; init; }
}

/// <summary>A migration parameter of the emulator's; text that may be empty.</summary>
[Element("param")]
public sealed partial record StatusMigrationParameter
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("value")] public required string Value { get; init; }
}

/// <summary>
/// The image on the other host that a disk is copied to. Before libvirt 4.10 the source's attributes and elements stood on this element
/// itself: that is read, and never written.
/// </summary>
[Element("migrationSource", Custom = true)]
public sealed partial record MigrationSource
{
    /// <summary>The image's type, by its word.</summary>
    public required string Type { get; init; }

    /// <summary>The image's format, by its word.</summary>
    public string? Format { get; init; }

    /// <summary>The image.</summary>
    public required DiskSource Source { get; init; }

    /// <summary>Reads the element that the input stands on.</summary>
    public static MigrationSource ReadXml(XmlInput x)
    {
        int depth = x.Enter();
        string type = x.Attribute("type") ?? "file";
        string? format = x.Attribute("format");
        DiskSource? source = null;
        if (x.Attribute("protocol") is not null)
            source = DiskSource.ReadXml(x, type);
        else
            while (x.NextChild(depth))
                if (x.Name == "source")
                    source ??= DiskSource.ReadXml(x, type);
        return x.Done(depth, new MigrationSource { Type = type, Format = format, Source = source ?? new DiskSource.OfFile() });
    }

    /// <summary>Writes the element.</summary>
    public void WriteXml(XmlOutput o, string name = "migrationSource")
    {
        o.Open(name);
        o.Attribute("type", Type);
        o.Attribute("format", Format);
        Source.WriteXml(o, "source");
        o.Close(name);
    }
}
