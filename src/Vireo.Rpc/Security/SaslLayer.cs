using static Vireo.Rpc.Security.Sasl;

namespace Vireo.Rpc.Security;

/// <summary>What a mechanism of SASL negotiated: every byte is wrapped by the library, in pieces that each side names a limit for.</summary>
sealed unsafe class SaslLayer(nint connection, int piece) : SecurityLayer
{
    readonly Lock gate = new();     // the library's connections are of one thread at a time
    readonly WireBuffer output = new();
    readonly WireBuffer plain = new();
    nint connection = connection;
    int taken;

    internal override void Feed(ReadOnlySpan<byte> wire)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(connection == 0, this);
            fixed (byte* data = wire)
            {
                byte* answer;
                uint length;
                int result = sasl_decode(connection, data, (uint)wire.Length, &answer, &length);
                if (result != SASL_OK)
                    throw new IOException($"failed to decode SASL data: {Reason(connection, result)}");
                new ReadOnlySpan<byte>(answer, (int)length).CopyTo(plain.Reserve((int)length));
            }
        }
    }

    internal override int Read(byte[] target, out bool ended)
    {
        lock (gate)
        {
            ended = false;
            ReadOnlySpan<byte> left = plain.Written[taken..];
            int count = Math.Min(left.Length, target.Length);
            left[..count].CopyTo(target);
            taken += count;
            if (taken == plain.Written.Length)
            {
                plain.Release();
                taken = 0;
            }
            return count;
        }
    }

    internal override ReadOnlySpan<byte> Wrap(ReadOnlySpan<byte> message)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(connection == 0, this);
            while (!message.IsEmpty)
            {
                ReadOnlySpan<byte> part = message[..Math.Min(piece, message.Length)];
                message = message[part.Length..];
                fixed (byte* data = part)
                {
                    byte* answer;
                    uint length;
                    int result = sasl_encode(connection, data, (uint)part.Length, &answer, &length);
                    if (result != SASL_OK)
                        throw new IOException($"failed to encode SASL data: {Reason(connection, result)}");
                    new ReadOnlySpan<byte>(answer, (int)length).CopyTo(output.Reserve((int)length));
                }
            }
            return output.Written;
        }
    }

    internal override void Wrapped() => output.Release();

    internal override void End()
    {
        lock (gate)
        {
            nint last = connection;
            connection = 0;
            if (last != 0)
                sasl_dispose(&last);
            plain.Release();
            output.Release();
        }
    }
}
