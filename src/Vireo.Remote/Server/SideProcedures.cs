namespace Vireo.Remote;

/// <summary>What only QEMU has.</summary>
static partial class QemuProcedures
{
    internal const uint Program = 0x20008087;

    internal static ProcedureTable<RemoteSession> Table { get; } = new(Size, AddGenerated);
}

/// <summary>What only containers have.</summary>
static partial class LxcProcedures
{
    internal const uint Program = 0x00068000;

    internal static ProcedureTable<RemoteSession> Table { get; } = new(Size, AddGenerated);
}

/// <summary>The daemon itself.</summary>
static partial class AdminProcedures
{
    internal const uint Program = 0x06900690;

    internal static ProcedureTable<AdminSession> Table { get; } = new(Size, AddGenerated);
}

/// <summary>What libvirt does not have.</summary>
static partial class VireoProcedures
{
    internal const uint Program = 0x76697265;

    internal static ProcedureTable<RemoteSession> Table { get; } = new(Size, AddGenerated);
}
