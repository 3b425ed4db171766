using Vireo.Driver;

namespace Vireo.Rights;

/// <summary>A set of rights: a bit for each, a word for each kind of object.</summary>
public sealed class RightSet
{
    readonly ulong[] words = new ulong[Enum.GetValues<AccessObject>().Length];

    /// <summary>Adds one.</summary>
    public void Add(AccessRight right) => words[(int)right.Object] |= 1ul << right.Number;

    /// <summary>Adds all of another set.</summary>
    public void Add(RightSet other)
    {
        for (int i = 0; i < words.Length; i++)
            words[i] |= other.words[i];
    }

    /// <summary>Whether it is there.</summary>
    public bool Has(AccessRight right) => (words[(int)right.Object] & 1ul << right.Number) != 0;

    /// <summary>Whether there is any right on this kind of object.</summary>
    public bool HasAny(AccessObject kind) => words[(int)kind] != 0;

    /// <summary>The rights, in order.</summary>
    public IEnumerable<AccessRight> All => AccessRight.All.Where(Has);

    /// <summary>
    /// Adds what a word stands for: a right "domain.start", or several with a star in place of the kind or the permission, or at the end of the
    /// permission: "domain.*", "*.read", "connect.search-*", "*".
    /// </summary>
    /// <returns>Whether it stands for anything.</returns>
    public bool TryAdd(string word)
    {
        bool any = false;
        foreach (AccessRight right in AccessRight.All)
        {
            if (word is not "*" && !Covers(word, right.Name))
                continue;
            Add(right);
            any = true;
        }
        return any;
    }

    static bool Covers(string word, string name)
    {
        int dot = word.IndexOf('.'), at = name.IndexOf('.');
        if (dot < 0)
            return false;
        ReadOnlySpan<char> kind = word.AsSpan(0, dot), permission = word.AsSpan(dot + 1), own = name.AsSpan(at + 1);
        return (kind is "*" || kind.SequenceEqual(name.AsSpan(0, at)))
            && (permission.EndsWith("*") ? own.StartsWith(permission[..^1]) : own.SequenceEqual(permission));
    }
}

/// <summary>The roles that are always there.</summary>
public static class BuiltInRoles
{
    /// <summary>Sees everything that is no secret.</summary>
    public static RightSet Viewer { get; } = Of("*.getattr", "*.read", "*.search-*");

    /// <summary>
    /// Runs what is there: starts, stops, saves, talks to and photographs guests, whose definitions, data and existence it leaves alone.
    /// </summary>
    public static RightSet Operator { get; } = Of(
        "*.getattr", "*.read", "*.search-*",
        "domain.start", "domain.stop", "domain.reset", "domain.suspend", "domain.hibernate", "domain.pm-control", "domain.init-control",
        "domain.inject-nmi", "domain.send-input", "domain.send-signal", "domain.fs-trim", "domain.fs-freeze", "domain.open-graphics",
        "domain.open-device", "domain.screenshot", "domain.set-time", "domain.snapshot", "domain.checkpoint",
        "network.start", "network.stop", "storage-pool.start", "storage-pool.stop", "storage-pool.refresh");

    /// <summary>Everything.</summary>
    public static RightSet Admin { get; } = Of("*");

    /// <summary>The role of this name; null: there is none.</summary>
    public static RightSet? Find(string name) => name switch
    {
        "viewer" => Viewer,
        "operator" => Operator,
        "admin" => Admin,
        _ => null,
    };

    static RightSet Of(params ReadOnlySpan<string> words)
    {
        var set = new RightSet();
        foreach (string word in words)
            if (!set.TryAdd(word))
                throw new System.Diagnostics.UnreachableException(word);
        return set;
    }
}
