using System.Globalization;

namespace Vireo.Shell.Session;

/// <summary>Reads the program's own arguments, the way getopt does: short ones in bunches, long ones by any clear beginning.</summary>
static class CommandLine
{
    /// <summary>Besides running commands there is this to ask for.</summary>
    public enum Request
    {
        Run,
        Help,
        ShortVersion,
        LongVersion,
    }

    /// <summary>A command line that makes no sense.</summary>
    public sealed class Failure(string message) : Exception(message);

    readonly record struct Known(string Long, char Short, bool Takes = false, bool MayTake = false);

    static readonly Known[] Options =
    [
        new("connect", 'c', Takes: true), new("debug", 'd', Takes: true), new("escape", 'e', Takes: true), new("help", 'h'),
        new("keepalive-interval", 'k', Takes: true), new("keepalive-count", 'K', Takes: true), new("log", 'l', Takes: true),
        new("quiet", 'q'), new("readonly", 'r'), new("timing", 't'), new("version", 'v', MayTake: true),
        new("", 'V'),
    ];

    public static (ShellSettings Settings, Request Request) Parse(ShellSettings settings, IReadOnlyList<string> arguments, Action<string> complain)
    {
        var request = Request.Run;
        int at = 0;
        for (; at < arguments.Count && request is Request.Run && arguments[at] is ['-', _, ..] argument; at++)
        {
            if (argument is "--")
            {
                at++;
                break;
            }
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                string name = argument[2..];
                string? value = null;
                if (name.IndexOf('=') is >= 0 and { } sign)
                    (name, value) = (name[..sign], name[(sign + 1)..]);
                Known option = FindLong(name) ?? throw new Failure($"unsupported option '{argument}'. See --help.");
                if (option.Takes && value is null)
                    value = ++at < arguments.Count ? arguments[at] : throw NeedsArgument(option);
                (settings, request) = Apply(settings, option.Short, value, complain);
                continue;
            }
            for (int letter = 1; letter < argument.Length && request is Request.Run; letter++)
            {
                char c = argument[letter];
                Known option = Array.Find(Options, known => known.Short == c);
                if (option == default)
                    throw new Failure($"unsupported option '-{c}'. See --help.");
                string? value = null;
                if (option.Takes)
                {
                    value = letter + 1 < argument.Length ? argument[(letter + 1)..]
                        : ++at < arguments.Count ? arguments[at] : throw NeedsArgument(option);
                    letter = argument.Length;
                }
                (settings, request) = Apply(settings, c, value, complain);
            }
        }
        return (settings with { Words = [.. arguments.Skip(at)] }, request);
    }

    static Known? FindLong(string name)
    {
        Known[] fits = [.. Options.Where(option => option.Long.Length > 0 && option.Long.StartsWith(name, StringComparison.Ordinal))];
        return fits.Length is 1 ? fits[0] : fits.Cast<Known?>().FirstOrDefault(option => option!.Value.Long == name);
    }

    static Failure NeedsArgument(Known option) => new($"option '-{option.Short}'/'--{option.Long}' requires an argument");

    static (ShellSettings, Request) Apply(ShellSettings settings, char option, string? value, Action<string> complain) => option switch
    {
        'c' => (settings with { Uri = value }, Request.Run),
        'd' => (settings with { Debug = DebugLevel(value!, settings.Debug, complain) }, Request.Run),
        'e' => (settings with { Escape = EscapeKey.Parse(value!) ?? throw new Failure($"Invalid string '{value}' for escape sequence") }, Request.Run),
        'h' => (settings, Request.Help),
        'k' => (settings with { KeepaliveInterval = Whole(value!, $"Invalid value for option -{option}") }, Request.Run),
        'K' => (settings with { KeepaliveCount = Whole(value!, $"Invalid value for option -{option}") }, Request.Run),
        'l' => (settings with { LogFile = value }, Request.Run),
        'q' => (settings with { Quiet = true }, Request.Run),
        'r' => (settings with { ReadOnly = true }, Request.Run),
        't' => (settings with { Timing = true }, Request.Run),
        'V' => (settings, Request.LongVersion),
        _ => (settings, value is "long" ? Request.LongVersion : Request.ShortVersion),
    };

    static int DebugLevel(string value, int now, Action<string> complain)
    {
        int level = Whole(value, "option -d takes a numeric argument");
        if (level is >= 0 and <= 4)
            return level;
        complain($"ignoring debug level {level} out of range [0-4]");
        return now;
    }

    static int Whole(string value, string complaint) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int number) ? number : throw new Failure(complaint);
}
