namespace Vireo.Remote;

/// <summary>The log manager.</summary>
static partial class LogProcedures
{
    internal const uint Program = 0x87539319;

    internal const int Size = 5;

    static readonly Procedure<ManagerSession>?[] table = Make();

    static Procedure<ManagerSession>?[] Make()
    {
        var made = new Procedure<ManagerSession>?[Size];
        AddGenerated(made);
        return made;
    }

    static partial void AddGenerated(Procedure<ManagerSession>?[] table);

    /// <summary>The procedure with this number, or null.</summary>
    internal static Procedure<ManagerSession>? Find(int number) => (uint)number < Size ? table[number] : null;
}

/// <summary>The lock manager.</summary>
static partial class LockProcedures
{
    internal const uint Program = 0x0ea7beef;

    internal const int Size = 9;

    static readonly Procedure<ManagerSession>?[] table = Make();

    static Procedure<ManagerSession>?[] Make()
    {
        var made = new Procedure<ManagerSession>?[Size];
        AddGenerated(made);
        return made;
    }

    static partial void AddGenerated(Procedure<ManagerSession>?[] table);

    /// <summary>The procedure with this number, or null.</summary>
    internal static Procedure<ManagerSession>? Find(int number) => (uint)number < Size ? table[number] : null;
}
