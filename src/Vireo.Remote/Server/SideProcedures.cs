namespace Vireo.Remote;

/// <summary>What only QEMU has.</summary>
static partial class QemuProcedures
{
    internal const uint Program = 0x20008087;

    internal const int Size = 8;

    static readonly Procedure<RemoteSession>?[] table = Make();

    static Procedure<RemoteSession>?[] Make()
    {
        var made = new Procedure<RemoteSession>?[Size];
        AddGenerated(made);
        return made;
    }

    static partial void AddGenerated(Procedure<RemoteSession>?[] table);

    /// <summary>The procedure with this number, or null.</summary>
    internal static Procedure<RemoteSession>? Find(int number) => (uint)number < Size ? table[number] : null;
}

/// <summary>What only containers have.</summary>
static partial class LxcProcedures
{
    internal const uint Program = 0x00068000;

    internal const int Size = 2;

    static readonly Procedure<RemoteSession>?[] table = Make();

    static Procedure<RemoteSession>?[] Make()
    {
        var made = new Procedure<RemoteSession>?[Size];
        AddGenerated(made);
        return made;
    }

    static partial void AddGenerated(Procedure<RemoteSession>?[] table);

    /// <summary>The procedure with this number, or null.</summary>
    internal static Procedure<RemoteSession>? Find(int number) => (uint)number < Size ? table[number] : null;
}

/// <summary>The daemon itself.</summary>
static partial class AdminProcedures
{
    internal const uint Program = 0x06900690;

    internal const int Size = 20;

    static readonly Procedure<AdminSession>?[] table = Make();

    static Procedure<AdminSession>?[] Make()
    {
        var made = new Procedure<AdminSession>?[Size];
        AddGenerated(made);
        return made;
    }

    static partial void AddGenerated(Procedure<AdminSession>?[] table);

    /// <summary>The procedure with this number, or null.</summary>
    internal static Procedure<AdminSession>? Find(int number) => (uint)number < Size ? table[number] : null;
}

/// <summary>What libvirt does not have.</summary>
static partial class VireoProcedures
{
    internal const uint Program = 0x76697265;

    internal const int Size = 2;

    static readonly Procedure<RemoteSession>?[] table = Make();

    static Procedure<RemoteSession>?[] Make()
    {
        var made = new Procedure<RemoteSession>?[Size];
        AddGenerated(made);
        return made;
    }

    static partial void AddGenerated(Procedure<RemoteSession>?[] table);

    /// <summary>The procedure with this number, or null.</summary>
    internal static Procedure<RemoteSession>? Find(int number) => (uint)number < Size ? table[number] : null;
}
