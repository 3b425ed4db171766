using Vireo.Core.Errors;
using Vireo.Rpc.Security;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Server;

/// <content>Connections whose bytes pass a security layer: from the start (TLS), or from the end of the login on (SASL).</content>
sealed partial class Connection
{
    volatile SecurityLayer? layer;      // written under the gate
    volatile TlsPeer? tlsPeer;

    // Of the epoll thread.
    bool shaking;
    TlsLayer? tls;
    bool layerSeen;

    public override TlsPeer? Tls => tlsPeer;

    bool IsLayered => layer is not null || shaking;

    bool OnLayerReadable()
    {
        if (!layerSeen && layer is not null && rest is not null)
        {
            Close("bytes in clear after the login wrapped the connection");
            return true;
        }
        layerSeen = true;
        int count = Receive(thread.Buffer);
        if (count < 0)
            return false;
        heard = thread.Now;
        unanswered = 0;
        if (count == 0 || receivedCount > 0)
        {
            Close(count == 0 ? "end of file" : "descriptors that nobody can send");
            return true;
        }
        try
        {
            Feed(thread.Buffer.AsSpan(0, count));
        }
        catch (Exception e) when (SecurityFailed(e))
        {
            Close(e.Message);
        }
        return true;
    }

    void Feed(ReadOnlySpan<byte> bytes)
    {
        if (!shaking)
        {
            layer!.Feed(bytes);
            Pump();
            return;
        }
        (tls ??= new TlsLayer(Service.Tls!)).Feed(bytes);
        // Nothing more is read while a worker reckons: what a client may send ahead is what one read takes.
        SetStops(stops | Shaking);
        server.Workers.Add(new ShakeWork(this, tls), isUrgent: true);
    }

    sealed class ShakeWork(Connection connection, TlsLayer layer) : IWork
    {
        public void Run(StringPool strings)
        {
            bool over;
            string? refusal;
            try
            {
                over = layer.Shake(out byte[] answer, out refusal);
                connection.SendHandshake(answer);
            }
            catch (Exception e)
            {
                (over, refusal) = (true, e.Message);
            }
            connection.thread.Post(new Mail(MailKind.Shaken, connection, Over: over, Refusal: refusal));
        }
    }

    void SendHandshake(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
            if (!closed && bytes.Length > 0)
                SendBytes(bytes, default, null, isEvent: false);
    }

    /// <summary>On the epoll thread: a step of the handshake is done.</summary>
    internal void OnShaken(bool over, string? refusal)
    {
        if (closed)
        {
            tls!.End();
            return;
        }
        if (refusal is not null)
        {
            server.Log.TlsRefused(Id, refusal);
            stops &= ~Shaking;
            Close(refusal);
            return;
        }
        if (over)
        {
            tlsPeer = new TlsPeer(tls!.PeerName, tls.KeyBits);
            lock (gate)
                layer = tls;
            shaking = false;
            Send([1]);      // the peer waits for this byte, which is a message of its own kind
        }
        SetStops(stops & ~Shaking);
        if (!over)
            return;
        try
        {
            Pump();
        }
        catch (Exception e) when (SecurityFailed(e))
        {
            Close(e.Message);
        }
    }

    /// <summary>Runs all that can be understood by now.</summary>
    void Pump()
    {
        while (!closed)
        {
            int count = layer!.Read(thread.Plain, out bool ended);
            if (ended)
                Close("end of file");
            if (count == 0)
                return;
            OnPlain(thread.Plain, count);
        }
    }

    void OnPlain(byte[] buffer, int count)
    {
        if (rest is null)
        {
            if (stops == 0)
                Parse(buffer, count);
            else
                Keep(buffer, 0, count);
            return;
        }
        if (rest.Length - restLength < count)
        {
            byte[] larger = System.Buffers.ArrayPool<byte>.Shared.Rent(Math.Max(restLength + count, restLength * 2));
            rest.AsSpan(0, restLength).CopyTo(larger);
            int length = restLength;
            DropRest();
            (rest, restLength) = (larger, length);
        }
        buffer.AsSpan(0, count).CopyTo(rest.AsSpan(restLength));
        restLength += count;
        if (stops == 0)
            Parse(rest, restLength);
    }

    /// <summary>What a layer throws when the peer, or somebody between, does not keep to the rules.</summary>
    static bool SecurityFailed(Exception e) => e is IOException or ObjectDisposedException or VireoException;

    /// <summary>The connection is closed. A worker that still reckons has the layer: then it ends when that is done.</summary>
    void EndLayer()
    {
        if ((stops & Shaking) == 0)
            (layer ?? tls)?.End();
    }
}
