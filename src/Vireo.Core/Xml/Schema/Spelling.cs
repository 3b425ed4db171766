namespace Vireo.Core.Xml.Schema;

/// <summary>Finds the word that was perhaps meant.</summary>
public static class Spelling
{
    const int LongestWord = 48;

    /// <summary>The nearest of <paramref name="words"/>, or null if none is near: one change in a short word, a third of a long one.</summary>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        if (written.Length is 0 or > LongestWord)
            return null;
        string? best = null;
        int limit = Math.Max(1, written.Length / 3) + 1;
        foreach (string word in words)
        {
            if (word.Equals(written, StringComparison.OrdinalIgnoreCase))
                return word;
            if (Math.Abs(word.Length - written.Length) >= limit || word.Length > LongestWord)
                continue;
            int distance = Distance(written, word);
            if (distance < limit && distance < Math.Max(word.Length, 2))
                (best, limit) = (word, distance);
        }
        return best;
    }

    /// <summary>How many letters must be put in, taken out, changed or swapped with their neighbour.</summary>
    static int Distance(string one, string other)
    {
        Span<int> before = stackalloc int[LongestWord + 1], last = stackalloc int[LongestWord + 1], row = stackalloc int[LongestWord + 1];
        for (int i = 0; i <= other.Length; i++)
            last[i] = i;
        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int change = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            last.CopyTo(before);
            row.CopyTo(last);
        }
        return last[other.Length];
    }
}
