namespace Vireo.Rights;

/// <summary>A text with '*' for any text and '?' for any one character.</summary>
public readonly record struct Pattern(string Text)
{
    /// <summary>Whether all of a text is like it. Case counts. Takes time in proportion to both lengths at most.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> pattern = Text;
        int p = 0, t = 0, star = -1, from = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] is '*')
                (star, from) = (p++, t);
            else if (p < pattern.Length && (pattern[p] is '?' || pattern[p] == text[t]))
                (p, t) = (p + 1, t + 1);
            else if (star >= 0)
                (p, t) = (star + 1, ++from);
            else
                return false;
        }
        return pattern[p..].TrimStart('*').IsEmpty;
    }

    /// <summary>Whether one of them matches.</summary>
    public static bool Any(Pattern[] patterns, ReadOnlySpan<char> text)
    {
        foreach (Pattern pattern in patterns)
            if (pattern.Matches(text))
                return true;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
