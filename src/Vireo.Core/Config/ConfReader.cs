using Vireo.Core.Errors;

namespace Vireo.Core.Config;

/// <summary>
/// Takes typed settings from a file and collects what is wrong with them, so that a user hears of all mistakes at once.
/// Remembers what was asked for: what is left is unknown.
/// </summary>
public sealed class ConfReader(ConfFile file)
{
    readonly HashSet<string> asked = new(StringComparer.Ordinal);
    readonly List<string> mistakes = [];

    ConfValue? Find(string key)
    {
        asked.Add(key);
        return file.Find(key);
    }

    T Mistake<T>(string key, ConfValue value, string expected, T otherwise)
    {
        mistakes.Add($"{file.Name}:{value.Line}:{value.Column}: expected {expected} for '{key}' parameter");
        return otherwise;
    }

    /// <summary>Whether the file says anything about a key.</summary>
    public bool IsSet(string key) => file.Find(key) is not null;

    /// <summary>A value of the right type that cannot be.</summary>
    public void Mistake(string key, string what)
    {
        ConfValue? value = file.Find(key);
        mistakes.Add(value is null ? $"{file.Name}: {key}: {what}" : $"{file.Name}:{value.Line}:{value.Column}: {key}: {what}");
    }

    /// <summary>0 or 1.</summary>
    public bool Bool(string key, bool otherwise) => Find(key) switch
    {
        null => otherwise,
        { Number: 0 or 1 } value => value.Number == 1,
        { } value => Mistake(key, value, "0 or 1", otherwise),
    };

    /// <summary>0 or 1, or null if it is not set.</summary>
    public bool? Bool(string key) => Find(key) is null ? null : Bool(key, false);

    /// <summary>A number that may be negative.</summary>
    public int Int(string key, int otherwise) => Find(key) switch
    {
        null => otherwise,
        { Number: >= int.MinValue and <= int.MaxValue } value => (int)value.Number.Value,
        { } value => Mistake(key, value, "a number", otherwise),
    };

    /// <summary>A number that is not negative.</summary>
    public int UInt(string key, int otherwise) => Find(key) switch
    {
        null => otherwise,
        { Number: >= 0 and <= int.MaxValue } value => (int)value.Number.Value,
        { } value => Mistake(key, value, "a number that is not negative", otherwise),
    };

    /// <summary>A string, or null.</summary>
    public string? String(string key) => Find(key) switch
    {
        null => null,
        { Text: { } text } => text,
        { } value => Mistake<string?>(key, value, "a string", null),
    };

    /// <summary>A string that is one of <paramref name="words"/>.</summary>
    public string? OneOf(string key, params ReadOnlySpan<string> words)
    {
        string? text = String(key);
        return text is null || words.Contains(text)
            ? text
            : Mistake<string?>(key, Find(key)!, $"one of {string.Join(", ", words)}", null);
    }

    /// <summary>Permissions as a string of octal digits.</summary>
    public uint? Mode(string key)
    {
        if (String(key) is not { } text)
            return null;
        uint mode = 0;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '7' || mode > 0x1ff)
                return Mistake<uint?>(key, Find(key)!, "octal permissions", null);
            mode = mode * 8 + (uint)(digit - '0');
        }
        return mode;
    }

    /// <summary>A list of strings; null if it is not set. One string counts as a list where <paramref name="orOne"/> says so.</summary>
    public IReadOnlyList<string>? List(string key, bool orOne = false) => Find(key) switch
    {
        null => null,
        { List: { } list } => list,
        { Text: { } one } when orOne => [one],
        { } value => Mistake<IReadOnlyList<string>?>(key, value, "a list of strings", null),
    };

    /// <summary>Notes that a key is known, which the caller reads from the file itself.</summary>
    public void Accept(string key) => asked.Add(key);

    /// <summary>Every key that was asked for.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>Keys in the file that nobody asked for. libvirt ignores them; say so in the log.</summary>
    public IEnumerable<string> Unknown => file.Keys.Where(key => !asked.Contains(key));

    /// <summary>Throws with everything that was wrong.</summary>
    public void ThrowIfWrong()
    {
        if (mistakes.Count > 0)
            throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.Conf, string.Join("; ", mistakes));
    }
}
