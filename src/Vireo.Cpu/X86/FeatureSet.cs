using System.Numerics;

namespace Vireo.Cpu.X86;

/// <summary>An immutable set of features, by their index in the map.</summary>
public sealed class FeatureSet
{
    const int Bits = 64;
    readonly ulong[] words;

    FeatureSet(ulong[] words) => this.words = words;

    /// <summary>The set of those of <paramref name="size"/> features for which <paramref name="has"/> holds.</summary>
    public static FeatureSet Where(int size, Func<int, bool> has)
    {
        var words = new ulong[(size + Bits - 1) / Bits];
        for (int i = 0; i < size; i++)
            if (has(i))
                words[i / Bits] |= 1UL << (i % Bits);
        return new FeatureSet(words);
    }

    /// <summary>The set of those of <paramref name="size"/> features that <paramref name="indices"/> name.</summary>
    public static FeatureSet At(int size, IEnumerable<int> indices)
    {
        var words = new ulong[(size + Bits - 1) / Bits];
        foreach (int i in indices)
            words[i / Bits] |= 1UL << (i % Bits);
        return new FeatureSet(words);
    }

    /// <summary>No feature out of <paramref name="size"/>.</summary>
    public static FeatureSet Empty(int size) => new(new ulong[(size + Bits - 1) / Bits]);

    /// <summary>How many there are.</summary>
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

    /// <summary>Is there none?</summary>
    public bool IsEmpty => Array.TrueForAll(words, w => w == 0);

    /// <summary>Is this one in?</summary>
    public bool Has(int index) => (words[index / Bits] >> (index % Bits) & 1) != 0;

    /// <summary>Are all of <paramref name="other"/> in?</summary>
    public bool Covers(FeatureSet other) => (other - this).IsEmpty;

    /// <summary>This set and one more.</summary>
    public FeatureSet With(int index)
    {
        var copy = (ulong[])words.Clone();
        copy[index / Bits] |= 1UL << (index % Bits);
        return new FeatureSet(copy);
    }

    /// <summary>This set and one less.</summary>
    public FeatureSet Without(int index)
    {
        var copy = (ulong[])words.Clone();
        copy[index / Bits] &= ~(1UL << (index % Bits));
        return new FeatureSet(copy);
    }

    /// <summary>The indices, in the map's order.</summary>
    public IEnumerable<int> Indices
    {
        get
        {
            for (int word = 0; word < words.Length; word++)
                for (ulong rest = words[word]; rest != 0; rest &= rest - 1)
                    yield return word * Bits + BitOperations.TrailingZeroCount(rest);
        }
    }

    public static FeatureSet operator |(FeatureSet a, FeatureSet b)
    {
        var words = (ulong[])a.words.Clone();
        for (int i = 0; i < words.Length; i++)
            words[i] |= b.words[i];
        return new FeatureSet(words);
    }

    public static FeatureSet operator &(FeatureSet a, FeatureSet b)
    {
        var words = (ulong[])a.words.Clone();
        for (int i = 0; i < words.Length; i++)
            words[i] &= b.words[i];
        return new FeatureSet(words);
    }

    public static FeatureSet operator -(FeatureSet a, FeatureSet b)
    {
        var words = (ulong[])a.words.Clone();
        for (int i = 0; i < words.Length; i++)
            words[i] &= ~b.words[i];
        return new FeatureSet(words);
    }
}
