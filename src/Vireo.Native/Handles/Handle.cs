using System.Runtime.InteropServices;

namespace Vireo.Native.Handles;

/// <summary>What a handle stands for; the values are marks that tell a handle from other memory.</summary>
enum HandleKind : uint
{
    /// <summary>Freed.</summary>
    Dead = 0xdeadbeef,
    Connect = 0x56495201,
    Domain,
    Network,
    StoragePool,
    StorageVolume,
    Interface,
    NodeDevice,
    Secret,
    NwFilter,
    NwFilterBinding,
    NetworkPort,
    Snapshot,
    Checkpoint,
    Stream,
    AdminConnect,
    AdminServer,
    AdminClient,
}

/// <summary>
/// What the opaque pointers of the C API point to: virDomainPtr, virConnectPtr and so on. It is memory of malloc's, so that a wrong pointer can be told, and a freed
/// one mostly. Its texts are part of its life: callers get pointers to them.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct Handle
{
    /// <summary>First for a reason: free() writes over it.</summary>
    public HandleKind Kind;
    public int References;

    /// <summary>Its connection, of which it holds a reference; a connection's own is null.</summary>
    public Handle* Connection;

    /// <summary>The domain of a snapshot, the network of a port, the server of a client: a reference as well.</summary>
    public Handle* Parent;

    /// <summary>The managed half of connections and streams; 0: none.</summary>
    public nint Managed;

    public byte* Name;

    /// <summary>A volume's key, an interface's MAC, a secret's usage, a binding's filter.</summary>
    public byte* Extra;

    /// <summary>A volume's pool; a node device's parent once it was asked for.</summary>
    public byte* Other;
    public fixed byte Uuid[16];

    /// <summary>A domain's id, a secret's usage type, an admin client's transport.</summary>
    public int Id;

    /// <summary>An admin client's number and when it came, in seconds since 1970.</summary>
    public ulong Number;
    public long Since;
}
