namespace Vireo.Model.Domain.Defaults;

/// <summary>Names of disks in the guest: a prefix for the bus and letters that count.</summary>
public static class TargetName
{
    static readonly string[] Prefixes = ["fd", "hd", "vd", "sd", "xvd", "ubd"];

    /// <summary>a is 0, z is 25, aa is 26; -1 if it is not such a name.</summary>
    public static int Index(string name)
    {
        foreach (string prefix in Prefixes)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            int index = 0;
            ReadOnlySpan<char> rest = name.AsSpan(prefix.Length);
            int letters = 0;
            while (letters < rest.Length && char.IsAsciiLetterLower(rest[letters]))
                index = (index + (letters == 0 ? 0 : 1)) * 26 + (rest[letters++] - 'a');
            if (letters > 0 && rest[letters..].IndexOfAnyExceptInRange('0', '9') < 0)
                return index;
        }
        return -1;
    }
}
