using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.Status;

/// <summary>Something that was done to the machine that support wants to know of.</summary>
[Element("taint")]
public sealed partial record StatusTaint
{
    [Attr("flag")] public required string Flag { get; init; }
}

/// <summary>A deprecated thing that it uses.</summary>
[Element("deprecation")]
public sealed partial record StatusDeprecation
{
    [Text] public string? Message { get; init; }
}

/// <summary>The monitor's socket.</summary>
[Element("monitor")]
public sealed partial record StatusMonitor
{
    [Attr("path")] public required string Path { get; init; }
    [Attr("type")] public StatusMonitorType? Type { get; init; }
}

[WireNames] public enum StatusMonitorType { Unix, Pty }

/// <summary>A processor's thread.</summary>
[Element("vcpu")]
public sealed partial record StatusVcpu
{
    [Attr("id")] public required uint Id { get; init; }
    [Attr("pid")] public required int Pid { get; init; }
}

/// <summary>A capability flag, by libvirt's name.</summary>
[Element("flag")]
public sealed partial record StatusFlag
{
    [Attr("name")] public required string Name { get; init; }
}

/// <summary>A device of the emulator's.</summary>
[Element("device")]
public sealed partial record StatusDevice
{
    [Attr("alias")] public required string Alias { get; init; }
}

/// <summary>A process that is a card's user network.</summary>
[Element("helper")]
public sealed partial record StatusSlirpHelper
{
    [Attr("alias")] public required string Alias { get; init; }
    [Attr("pid")] public required int Pid { get; init; }
    [Child("feature")] public ValueList<StatusFlag> Features { get; init; }
}

/// <summary>The block jobs, and whether there are any.</summary>
[Element("blockjobs")]
public sealed partial record StatusBlockJobs
{
    [Attr("active")] public bool? Active { get; init; }
    [Child("blockjob")] public ValueList<StatusBlockJob> All { get; init; }
}

/// <summary>One block job. What it works on, which depends on its type, is kept as it is.</summary>
[Element("blockjob")]
public sealed partial record StatusBlockJob
{
    [Attr("name")] public required string Name { get; init; }

    /// <summary>libvirt's word for its kind, as pull, commit, copy, backup, create or broken.</summary>
    [Attr("type")] public required string Type { get; init; }

    /// <summary>What a broken one was.</summary>
    [Attr("brokentype")] public string? BrokenType { get; init; }
    [Attr("state")] public required string State { get; init; }

    /// <summary>The state that it goes to.</summary>
    [Attr("newstate")] public string? NewState { get; init; }

    /// <summary>The flags it was started with; null: not known.</summary>
    [Attr("jobflags", Hex = 1)] public uint? Flags { get; init; }
    [Hook("*")] public ValueList<XmlFragment> Parts { get; init; }

    static void ReadParts(XmlInput x, ref ValueListBuilder<XmlFragment> parts)
    {
        if (!x.IsForeign)
            parts.Add(x.Fragment());
    }

    void WriteParts(XmlOutput o)
    {
        foreach (XmlFragment part in Parts)
            o.Foreign(part);
    }
}
