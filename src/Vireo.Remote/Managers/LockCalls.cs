using Vireo.Driver;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>Calls to the lock manager as bytes, for a process that has no channel.</summary>
public static class LockCalls
{
    const int Register = 1, Restrict = 2;

    /// <summary>Registers the caller, and takes from it the right to ask for anything more.</summary>
    /// <param name="owner">Who it is.</param>
    /// <param name="pidAt">Where its process's number stands.</param>
    public static byte[] Registration(LockOwner owner, out int pidAt)
    {
        XdrWriter first = Begin(Register, 0);
        Codec.WriteLockOwner(ref first, owner, AnswerContext.Everything);
        pidAt = first.Written.Length - sizeof(uint);
        first.WriteUInt(0);
        XdrWriter second = Begin(Restrict, 1);
        second.WriteUInt(0);
        first.PatchUInt(0, (uint)first.Written.Length);
        second.PatchUInt(0, (uint)second.Written.Length);
        byte[] both = [.. first.Written, .. second.Written];
        first.Dispose();
        second.Dispose();
        return both;
    }

    // Length, program, version, procedure, kind (a call), serial, status (all is well).
    static XdrWriter Begin(int procedure, uint serial)
    {
        var writer = new XdrWriter(256);
        foreach (uint word in (ReadOnlySpan<uint>)[0, LockProcedures.Program, Procedures.Version, (uint)procedure, 0, serial, 0])
            writer.WriteUInt(word);
        return writer;
    }
}
