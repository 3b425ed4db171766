using System.Buffers;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Security;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Server;

/// <summary>A call on its way; pooled by the server. As work for a worker it owns a copy of its arguments.</summary>
sealed class ServerCall : RpcCall, IWork
{
    Connection connection = null!;
    IRpcProgram? program;
    byte[]? kept;
    int keptLength;
    int[]? descriptors;
    ServerStream? stream;
    SecurityLayer? layer;
    int use;

    internal void Start(Connection caller, in MessageHeader header)
    {
        connection = caller;
        Header = header;
        caller.CallStarted();
    }

    public override RpcPeer Peer => connection;

    public override int[] TakeDescriptors()
    {
        int[] taken = descriptors ?? [];
        descriptors = null;
        return taken;
    }

    internal void Take(ReadOnlySpan<int> received) => descriptors = received.ToArray();

    internal void Keep(IRpcProgram owner, ReadOnlySpan<byte> arguments)
    {
        program = owner;
        kept = ArrayPool<byte>.Shared.Rent(Math.Max(arguments.Length, 1));
        arguments.CopyTo(kept);
        keptLength = arguments.Length;
    }

    void IWork.Run(StringPool strings)
    {
        byte[] arguments = kept!;
        kept = null;
        Run(program!, arguments.AsSpan(0, keptLength), strings);
        ArrayPool<byte>.Shared.Return(arguments);
    }

    internal void Run(IRpcProgram owner, ReadOnlySpan<byte> arguments, StringPool strings)
    {
        int mine = Volatile.Read(ref use);
        var reader = new XdrReader(arguments, strings);
        try
        {
            owner.Dispatch(this, ref reader);
        }
        catch (Exception e)
        {
            // A callee that throws after it replied: this object may be another's by now.
            if (Volatile.Read(ref use) == mine)
                Fail(Describe(e));
            else
                connection?.Server.Log.ThrewAfterReply(e);
        }
    }

    /// <summary>What a client is told of an exception.</summary>
    internal static VirError Describe(Exception e) => e switch
    {
        VireoException known => known.Error,
        XdrException => VirError.Of(ErrorCode.Rpc, ErrorDomain.Rpc, "Unable to decode message payload"),
        _ => VirError.Of(ErrorCode.InternalError, ErrorDomain.Rpc, $"{e.GetType().Name}: {e.Message}"),
    };

    public override XdrWriter BeginReply() =>
        Frame.Begin(Header with { Type = MessageType.Reply, Status = MessageStatus.Ok });

    public override void Reply(ref XdrWriter reply, scoped ReadOnlySpan<int> descriptors = default)
    {
        if (descriptors.Length > Frame.MaxDescriptors)
            throw new ArgumentOutOfRangeException(nameof(descriptors));
        if (descriptors.IsEmpty)
        {
            Frame.End(ref reply);
            connection.Send(reply.Written, after: layer);
            reply.Dispose();
        }
        else
        {
            ReadOnlySpan<byte> results = reply.Written[Frame.Prefix..];
            var counted = Frame.Begin(
                Header with { Type = MessageType.ReplyWithFds, Status = MessageStatus.Ok }, results.Length + Frame.Prefix + 4);
            counted.WriteUInt((uint)descriptors.Length);
            results.CopyTo(counted.Reserve(results.Length));
            reply.Dispose();
            Frame.End(ref counted);
            connection.Send(counted.Written, descriptors);
            counted.Dispose();
        }
        stream?.Start();
        Finish(null);
    }

    public override void WrapAfterReply(SecurityLayer layer) => this.layer = layer;

    public override void Fail(VirError error)
    {
        var writer = Frame.Begin(Header with { Type = MessageType.Reply, Status = MessageStatus.Error });
        try
        {
            ErrorPayload.Write(ref writer, error);
            Frame.End(ref writer);
            connection.Send(writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
        stream?.Discard();
        Finish(error);
    }

    public override IRpcStream OpenStream(IRpcStreamHandler handler)
    {
        var opened = new ServerStream(connection, Header, handler);
        stream = opened;
        connection.AddStream(opened);
        return opened;
    }

    void Finish(VirError? error)
    {
        Connection caller = connection;
        ICallWatch? watch = Watch;
        Watch = null;
        Volatile.Write(ref use, use + 1);
        stream = null;
        foreach (int fd in descriptors ?? [])
            UnixSocket.Close(fd);
        layer = null;
        descriptors = null;
        program = null;
        caller.CallFinished();
        caller.Server.Return(this);
        watch?.Ended(error); // this object may be another call by now
    }
}
