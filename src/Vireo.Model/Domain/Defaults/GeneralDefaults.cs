using System.Collections.Immutable;

namespace Vireo.Model.Domain.Defaults;

/// <summary>What the general defaults may know beside the document.</summary>
public sealed record GeneralContext
{
    /// <summary>The document is a definition, not that of a running machine.</summary>
    public bool Inactive { get; init; } = true;

    /// <summary>A user defines the machine now: what can be computed replaces what was written (VIR_DOMAIN_DEF_PARSE_ABI_UPDATE).</summary>
    public bool IsNew { get; init; } = true;

    /// <summary>The document is of a status file.</summary>
    public bool Status { get; init; }

    /// <summary>The architecture of a machine that names none.</summary>
    public string HostArch { get; init; } = "x86_64";

    /// <summary>The host's first security model; what a label that names none means.</summary>
    public string? SecurityModel { get; init; }
}

/// <summary>
/// The normal form of a document, whatever the hypervisor: what libvirt's own parser fills in, drops or puts in order before a
/// driver looks at it. Each pass is a pure function; all of them leave a finished document as it is.
/// </summary>
public static class GeneralDefaults
{
    static readonly ImmutableArray<Func<DomainDef, GeneralContext, DomainDef>> Passes =
    [
        MachineNormals.Apply,
        NumaNormals.Apply,
        CpuTuneNormals.Apply,
        SecurityNormals.Apply,
        DiskNormals.Apply,
        InterfaceNormals.Apply,
        CharacterNormals.Apply,
        ControllerNormals.Apply,
        GraphicsNormals.Apply,
        DeviceNormals.Apply,
    ];

    /// <summary>The document in its normal form.</summary>
    public static DomainDef Apply(DomainDef written, GeneralContext context)
    {
        DomainDef machine = written;
        foreach (var pass in Passes)
            machine = pass(machine, context);
        return machine;
    }
}
