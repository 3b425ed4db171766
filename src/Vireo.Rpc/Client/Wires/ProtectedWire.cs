using System.Buffers;
using Vireo.Core.Errors;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Client.Wires;

/// <summary>A wire whose bytes pass what a login negotiated.</summary>
sealed class ProtectedWire(Wire below, ISecurityLayer layer) : Wire
{
    const int EBADMSG = 74;

    readonly ArrayBufferWriter<byte> wrapped = new(), plain = new();
    readonly byte[] received = new byte[16 * 1024];
    int sent, given;
    string? fault;

    protected internal override int Descriptor => below.Descriptor;

    protected internal override bool HasInput => given < plain.WrittenCount || below.HasInput;

    protected internal override bool HasOutput => sent < wrapped.WrittenCount || below.HasOutput;

    protected internal override string? Fault => fault ?? below.Fault;

    protected internal override VirError? Error => below.Error;

    protected internal override int Send(ReadOnlySpan<byte> bytes)
    {
        // One batch at a time: what is taken is wrapped, and nothing more before it is gone.
        if (Flush() is < 0 and var errno)
            return errno;
        if (HasOutput)
            return 0;
        try
        {
            layer.Wrap(bytes, wrapped);
        }
        catch (Exception e) when (e is VireoException or ObjectDisposedException)
        {
            fault = e.Message;
            return -EBADMSG;
        }
        return Flush() is < 0 and var failed ? failed : bytes.Length;
    }

    protected internal override int Flush()
    {
        while (sent < wrapped.WrittenCount)
        {
            int count = below.Send(wrapped.WrittenSpan[sent..]);
            if (count <= 0)
                return count;
            sent += count;
        }
        wrapped.ResetWrittenCount();
        sent = 0;
        return below.Flush();
    }

    protected internal override int Receive(Span<byte> target)
    {
        if (given == plain.WrittenCount)
        {
            plain.ResetWrittenCount();
            given = 0;
            int count = below.Receive(received);
            if (count <= 0)
                return count;
            try
            {
                layer.Unwrap(received.AsSpan(0, count), plain);
            }
            catch (Exception e) when (e is VireoException or ObjectDisposedException)
            {
                fault = e.Message;
                return -EBADMSG;
            }
            if (plain.WrittenCount == 0)
                return -EAGAIN;
        }
        int some = Math.Min(target.Length, plain.WrittenCount - given);
        plain.WrittenSpan.Slice(given, some).CopyTo(target);
        given += some;
        return some;
    }

    public override void Dispose()
    {
        below.Dispose();
        layer.Dispose();
    }
}
