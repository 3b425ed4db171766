namespace Vireo.Remote;

/// <summary>The log manager.</summary>
static partial class LogProcedures
{
    internal const uint Program = 0x87539319;

    internal static ProcedureTable<ManagerSession> Table { get; } = new(Size, AddGenerated);
}

/// <summary>The lock manager.</summary>
static partial class LockProcedures
{
    internal const uint Program = 0x0ea7beef;

    internal static ProcedureTable<ManagerSession> Table { get; } = new(Size, AddGenerated);
}
