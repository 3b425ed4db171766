using System.Text;

namespace Vireo.Rpc.Xdr;

/// <summary>
/// Remembers the last short strings a peer sent, so that a client asking again and again about the same domain makes
/// no new string a call. A small direct-mapped table: a collision only costs the allocation it would have cost anyway.
/// Belongs to one thread.
/// </summary>
public sealed class StringPool
{
    const int MaxLength = 96;
    readonly Entry[] entries = new Entry[128];

    struct Entry
    {
        public string? Text;
        public byte[]? Bytes;
    }

    /// <summary>The string of these UTF-8 bytes.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0)
            return "";
        if (utf8.Length > MaxLength)
            return Encoding.UTF8.GetString(utf8);
        uint hash = 2166136261;
        foreach (byte b in utf8)
            hash = (hash ^ b) * 16777619;
        ref Entry entry = ref entries[hash & 127];
        if (entry.Bytes is { } bytes && utf8.SequenceEqual(bytes))
            return entry.Text!;
        entry.Bytes = utf8.ToArray();
        return entry.Text = Encoding.UTF8.GetString(utf8);
    }
}
