using Vireo.Driver;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>Reads an event's message and hands it to whoever registered for it.</summary>
delegate void EventReader(RemoteClient client, ref XdrReader message);

/// <summary>The messages that carry events.</summary>
static partial class EventCodec;

/// <summary>Something that happened to the session itself.</summary>
abstract record SessionEvent;

/// <summary>The daemon lost its hypervisor. The one message of an event that has no callback id and no successor.</summary>
[Event(0, 0, Older = 362)]
sealed record ConnectionClosedEvent(ConnectCloseReason Reason) : SessionEvent;
