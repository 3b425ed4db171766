using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>Decodes, checks, calls and answers one procedure.</summary>
delegate void ProcedureHandler(RemoteSession session, RpcCall call, ref XdrReader arguments);

/// <summary>A procedure of the remote program as the server knows it.</summary>
sealed class Procedure(string symbol, bool inline, bool login, bool files, ProcedureHandler handler)
{
    /// <summary>The function of the C library behind it.</summary>
    internal string Symbol { get; } = symbol;

    internal ProcedureTraits Traits { get; } = new(inline, login, files);

    internal ProcedureHandler Handler { get; } = handler;
}

/// <summary>The remote program: every procedure that is defined, found by array index.</summary>
static partial class Procedures
{
    /// <summary>The remote program's number.</summary>
    internal const uint Program = 0x20008086;

    /// <summary>Its version.</summary>
    internal const uint Version = 1;

    /// <summary>One more than the highest number of libvirt 9.0.0.</summary>
    internal const int Size = 444;

    static readonly Procedure?[] table = Make();

    static Procedure?[] Make()
    {
        var made = new Procedure?[Size];
        AddGenerated(made);
        return made;
    }

    static partial void AddGenerated(Procedure?[] table);

    /// <summary>The procedure with this number, or null.</summary>
    internal static Procedure? Find(int number) => (uint)number < Size ? table[number] : null;
}
