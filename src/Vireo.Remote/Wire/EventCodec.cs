using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>Reads an event's message and hands it to whoever registered for it.</summary>
delegate void EventReader(RemoteClient client, ref XdrReader message);

/// <summary>The messages that carry events.</summary>
static partial class EventCodec
{
    /// <summary>The message that says the daemon lost its hypervisor: an int, the reason.</summary>
    internal const int ConnectionClosed = 362;
}
