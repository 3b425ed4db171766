using Vireo.Core.Errors;

namespace Vireo.Model.Snapshot;

/// <summary>What must hold of a snapshot or checkpoint that is told again.</summary>
public static class MomentRules
{
    /// <summary>Its parent is there, and not below itself.</summary>
    /// <exception cref="VireoException">InvalidArg.</exception>
    public static void CheckParent<T>(Moments<T> all, T moment, Func<T, string> nameOf, Func<T, string?> parentOf) where T : class
    {
        string name = nameOf(moment);
        if (parentOf(moment) is not { } parent)
            return;
        if (parent == name)
            throw Wrong($"cannot set moment {name} as its own parent");
        if (all.Find(parent) is not { } above)
            throw Wrong($"parent {parent} for moment {name} not found");
        for (T? ancestor = above; ancestor is not null; ancestor = parentOf(ancestor) is { } next ? all.Find(next) : null)
            if (parentOf(ancestor) == name)
                throw Wrong($"parent {nameOf(ancestor)} would create cycle to {name}");
    }

    static VireoException Wrong(string what) => VireoException.InvalidArgument(ErrorDomain.Domain, what);
}
