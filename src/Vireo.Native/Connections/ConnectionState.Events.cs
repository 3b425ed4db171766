using Vireo.Native.Events;
using Vireo.Native.Handles;
using Vireo.Native.Streams;

namespace Vireo.Native.Connections;

/// <content>Callbacks.</content>
sealed unsafe partial class ConnectionState
{
    readonly List<StreamState> watched = [];

    /// <summary>The handle whose half this is. Nobody holds a reference for it: who calls out with it takes one.</summary>
    internal Handle* Handle { get; init; }

    /// <summary>The callbacks for events.</summary>
    internal EventCallbacks Events
    {
        get
        {
            lock (gate)
                return field ??= new EventCallbacks(this);
        }
    }

    /// <summary>Who wants to know when the connection is lost.</summary>
    internal CloseCallback Close
    {
        get
        {
            lock (gate)
                return field ??= new CloseCallback(Handle);
        }
    }

    /// <summary>The connection in the event loop; null: it is not there.</summary>
    internal RemoteWatch? Watch { get; set; }

    /// <summary>A program watches a stream.</summary>
    internal void Watched(StreamState stream)
    {
        lock (gate)
            watched.Add(stream);
    }

    internal void Unwatched(StreamState stream)
    {
        lock (gate)
            watched.Remove(stream);
    }

    /// <summary>Something came in.</summary>
    internal void LookAtStreams()
    {
        StreamState[] all;
        lock (gate)
            all = watched.Count is 0 ? [] : [.. watched];
        foreach (StreamState stream in all)
            stream.Look();
    }
}
