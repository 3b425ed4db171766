using System.Globalization;
using System.Security.Cryptography;
using Vireo.Core.Errors;

namespace Vireo.Hypervisor.Security;

/// <summary>The categories that a daemon may give to guests, at the lower sensitivity of its own.</summary>
/// <param name="Sensitivity">"s0".</param>
/// <param name="First">The number of the first category.</param>
/// <param name="Last">The number of the last one.</param>
public readonly record struct CategoryRange(string Sensitivity, int First, int Last)
{
    const int FewestCategories = 8, LastOfAll = 1023;

    /// <summary>What a context's range leaves: all categories where it names none.</summary>
    /// <param name="range">"s0-s0:c0.c1023".</param>
    /// <exception cref="VireoException">It has no categories that follow each other, or too few.</exception>
    public static CategoryRange Parse(string? range)
    {
        string text = range ?? "s0";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string sensitivity = (colon < 0 ? text : text[..colon]).Split('-')[0];
        return colon < 0 ? new CategoryRange(sensitivity, 0, LastOfAll) : Of(sensitivity, text[(colon + 1)..]);
    }

    static CategoryRange Of(string sensitivity, string categories)
    {
        ReadOnlySpan<char> rest = categories;
        if (!Take(ref rest, out int first))
            throw VireoException.Internal(ErrorDomain.Security, $"Cannot parse category in {categories}");
        if (rest.IsEmpty)
            throw VireoException.Internal(ErrorDomain.Security, "No category range available");
        // What follows is the upper end of the daemon's own range: guests stay at the lower one.
        if (rest[0] != '.' || !Take(ref rest, out int last, skip: 1))
            throw VireoException.Internal(ErrorDomain.Security, $"Cannot parse category in {categories}");
        return last - first + 1 < FewestCategories
            ? throw VireoException.Internal(ErrorDomain.Security, $"Category range c{first}-c{last} too small")
            : new CategoryRange(sensitivity, first, last);
    }

    static bool Take(ref ReadOnlySpan<char> text, out int number, int skip = 0)
    {
        text = text[skip..];
        int digits = text is ['c', ..] ? text[1..].IndexOfAnyExceptInRange('0', '9') : -2;
        if (digits == -1)
            digits = text.Length - 1;
        number = 0;
        if (digits < 1 || !int.TryParse(text[1..(1 + digits)], NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > LastOfAll)
            return false;
        text = text[(1 + digits)..];
        return true;
    }
}

/// <summary>Pairs of categories, of which each running guest has one of its own: that is what keeps guests of the same type apart.</summary>
public sealed class Categories
{
    readonly Lock gate = new();
    readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>Takes a pair that nobody has, and gives its range: "s0:c1,c2".</summary>
    /// <exception cref="VireoException">VIR_ERR_RESOURCE_BUSY: every pair is taken.</exception>
    public string Take(CategoryRange from)
    {
        int count = from.Last - from.First + 1, pairs = count * (count - 1) / 2;
        // Where the search begins is nobody's to foresee; that it ends is certain.
        (int one, int other) = Pair(RandomNumberGenerator.GetInt32(pairs), count);
        lock (gate)
        {
            for (int tried = 0; tried < pairs; tried++)
            {
                string range = $"{from.Sensitivity}:c{from.First + one},c{from.First + other}";
                if (taken.Add(range))
                    return range;
                if (++other == count)
                    (one, other) = one + 2 == count ? (0, 1) : (one + 1, one + 2);
            }
        }
        throw new VireoException(ErrorCode.ResourceBusy, ErrorDomain.Security, $"every pair of categories of c{from.First}.c{from.Last} is in use by a guest");
    }

    /// <summary>Takes the range of a guest that runs already.</summary>
    /// <returns>False: somebody has it.</returns>
    public bool TryTake(string range)
    {
        lock (gate)
            return taken.Add(range);
    }

    /// <summary>Gives a range back.</summary>
    public void Release(string range)
    {
        lock (gate)
            _ = taken.Remove(range);
    }

    static (int One, int Other) Pair(int index, int count)
    {
        int one = 0;
        for (int width = count - 1; index >= width; width--)
        {
            index -= width;
            one++;
        }
        return (one, one + 1 + index);
    }
}
