namespace Vireo.Driver;

/// <summary>Flags of listings that come in groups.</summary>
public static class FlagGroups
{
    /// <summary>Whether one of the group's flags is given and holds; true if none is given.</summary>
    public static bool Group<T>(this T flags, params ReadOnlySpan<(T Flag, bool Is)> members) where T : struct, Enum
    {
        bool asked = false;
        foreach (var (flag, holds) in members)
        {
            if (!flags.HasFlag(flag))
                continue;
            asked = true;
            if (holds)
                return true;
        }
        return !asked;
    }
}
