namespace Vireo.Driver;

/// <summary>Flags of listings, which come in pairs of opposites.</summary>
public static class ListFlags
{
    /// <summary>Whether an object fits a pair of flags; a pair of which neither or both are given lets everything through.</summary>
    public static bool Pair<T>(this T flags, T yes, T no, bool holds) where T : struct, Enum
    {
        bool wantsYes = flags.HasFlag(yes), wantsNo = flags.HasFlag(no);
        return wantsYes == wantsNo || (holds ? wantsYes : wantsNo);
    }
}
