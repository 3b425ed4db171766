using System.Globalization;
using System.Numerics;
using System.Text;
using Vireo.Core.Xml;

namespace Vireo.Core;

/// <summary>A set of small numbers (CPUs, NUMA nodes), written as <c>0-3,7</c>.</summary>
public sealed class CpuSet : IEquatable<CpuSet>, IXmlValue<CpuSet>
{
    /// <summary>One more than the largest member that a text may name.</summary>
    public const int Limit = 16384;

    readonly ulong[] words;

    /// <inheritdoc/>
    public static Xml.Schema.ValueShape? Shape { get; } = new Xml.Schema.PatternText("numbers, as 0-3,^2,7", @"([0-9]+(-[0-9]+)?|\^[0-9]+)(,([0-9]+(-[0-9]+)?|\^[0-9]+))*");

    /// <inheritdoc/>
    public static string? Fault => "argument|Failed to parse bitmap '{0}'";

    CpuSet(ulong[] words) => this.words = words.AsSpan().TrimEnd(0ul).ToArray();

    /// <summary>A set of these numbers.</summary>
    public static CpuSet Of(IEnumerable<int> members)
    {
        var all = new ulong[Limit / 64];
        foreach (int member in members)
            all[member / 64] |= 1ul << (member % 64);
        return new CpuSet(all);
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1.</summary>
    public static CpuSet First(int count) => Of(Enumerable.Range(0, count));

    /// <summary>How many members it has.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>Nothing in it.</summary>
    public bool IsEmpty => words.Length == 0;

    /// <summary>The largest member, -1 for the empty set.</summary>
    public int Last => words.Length == 0 ? -1 : words.Length * 64 - 1 - BitOperations.LeadingZeroCount(words[^1]);

    /// <summary>Whether <paramref name="member"/> is in it.</summary>
    public bool Contains(int member) => member >= 0 && member / 64 < words.Length && (words[member / 64] >> (member % 64) & 1) != 0;

    /// <summary>The members in ascending order.</summary>
    public IEnumerable<int> Members
    {
        get
        {
            for (int i = 0; i <= Last; i++)
                if (Contains(i))
                    yield return i;
        }
    }

    /// <summary>Reads <c>0-3,^2,7</c>; an exclusion takes out what stands before it.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out CpuSet value)
    {
        value = null;
        Span<ulong> all = stackalloc ulong[Limit / 64];
        foreach (Range range in text.AsSpan().Split(','))
        {
            ReadOnlySpan<char> part = text.AsSpan()[range].Trim();
            bool without = part.StartsWith('^');
            if (without)
                part = part[1..];
            int dash = part.IndexOf('-');
            ReadOnlySpan<char> first = dash < 0 ? part : part[..dash].TrimEnd(), last = dash < 0 ? part : part[(dash + 1)..].TrimStart();
            if (!Number(first, out int from) || !Number(last, out int to) || to < from || without && dash >= 0)
                return false;
            for (int i = from; i <= to; i++)
                all[i / 64] = without ? all[i / 64] & ~(1ul << (i % 64)) : all[i / 64] | 1ul << (i % 64);
        }
        value = new CpuSet(all.ToArray());
        return true;
    }

    static bool Number(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Limit;

    /// <inheritdoc/>
    public string ToXml()
    {
        var text = new StringBuilder();
        for (int i = 0; i <= Last; i++)
        {
            if (!Contains(i))
                continue;
            int end = i;
            while (Contains(end + 1))
                end++;
            text.Append(text.Length > 0 ? "," : "").Append(i);
            if (end > i)
                text.Append('-').Append(end);
            i = end;
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToXml();

    /// <inheritdoc/>
    public bool Equals(CpuSet? other) => other is not null && words.AsSpan().SequenceEqual(other.words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    /// <inheritdoc/>
    public override int GetHashCode() => words.Length == 0 ? 0 : HashCode.Combine(words.Length, words[^1]);
}
