namespace Vireo.Rights;

/// <summary>What somebody may have meant.</summary>
static class Nearest
{
    /// <summary>The word that differs least, by two letters at most; empty: there is none.</summary>
    internal static string To(string word, IEnumerable<string> words)
    {
        (string best, int distance) = ("", 3);
        foreach (string one in words)
            if (Math.Abs(one.Length - word.Length) < distance && Distance(word, one) is var found && found < distance)
                (best, distance) = (one, found);
        return best;
    }

    static int Distance(string from, string to)
    {
        int[] before = [.. Enumerable.Range(0, to.Length + 1)], now = new int[to.Length + 1];
        for (int i = 1; i <= from.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= to.Length; j++)
                now[j] = Math.Min(Math.Min(now[j - 1], before[j]) + 1, before[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
            (before, now) = (now, before);
        }
        return before[to.Length];
    }
}
