using Vireo.Core.Errors;
using Vireo.Cpu.Map;
using Vireo.Daemon.Roles;

namespace Vireo.Daemon.Options;

/// <summary>What the command line says.</summary>
sealed record DaemonOptions
{
    internal bool Verbose { get; init; }
    internal bool Background { get; init; }
    internal bool Listen { get; init; }
    internal string? Config { get; init; }
    internal string? PidFile { get; init; }
    internal string? Root { get; init; }

    /// <summary>What to be; null: what the program is called, else libvirtd.</summary>
    internal string? Role { get; init; }

    /// <summary>A release or a file; null: the default release.</summary>
    internal string? CpuMap { get; init; }

    /// <summary>Seconds without a client or a running guest after which it ends; null: never.</summary>
    internal int? Timeout { get; init; }

    internal bool ShowVersion { get; init; }
    internal bool ShowHelp { get; init; }

    /// <summary>Reads arguments as getopt_long does: bundled letters, values attached or apart, unique beginnings of long names.</summary>
    internal static DaemonOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new DaemonOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument == "--")
            {
                if (i + 1 < arguments.Length)
                    throw Wrong("unexpected, non-option, command line arguments");
                break;
            }
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                int equals = argument.IndexOf('=');
                string typed = equals < 0 ? argument[2..] : argument[2..equals];
                (string name, char letter, bool takesValue) = FindLong(typed);
                string? value = equals < 0 ? null : argument[(equals + 1)..];
                if (!takesValue && value is not null)
                    throw Wrong($"option '--{name}' doesn't allow an argument");
                if (takesValue && value is null)
                    value = ++i < arguments.Length ? arguments[i] : throw Wrong($"option '--{name}' requires an argument");
                options = options.With(letter, value);
            }
            else if (argument.Length > 1 && argument[0] == '-')
                options = Letters(options, argument, arguments, ref i);
            else
                throw Wrong("unexpected, non-option, command line arguments");
        }
        return options;
    }

    static DaemonOptions Letters(DaemonOptions options, string argument, ReadOnlySpan<string> arguments, ref int i)
    {
        for (int k = 1; k < argument.Length; k++)
        {
            char letter = argument[k];
            if (!TakesValue(letter, out bool known) && known)
            {
                options = options.With(letter, null);
                continue;
            }
            if (!known)
                throw Wrong($"invalid option -- '{letter}'");
            string value = k + 1 < argument.Length ? argument[(k + 1)..]
                : ++i < arguments.Length ? arguments[i]
                : throw Wrong($"option requires an argument -- '{letter}'");
            return options.With(letter, value);
        }
        return options;
    }

    static readonly (string Name, char Letter, bool TakesValue)[] known =
    [
        ("verbose", 'v', false), ("daemon", 'd', false), ("listen", 'l', false), ("config", 'f', true), ("timeout", 't', true),
        ("pid-file", 'p', true), ("version", 'V', false), ("help", 'h', false), ("root", 'R', true),
        ("cpu-map", 'M', true), ("role", 'O', true),
    ];

    // These are not libvirtd's: they have no letter, and must not make an abbreviation of one of its options ambiguous.
    const string OwnLetters = "RMO";

    static bool TakesValue(char letter, out bool isKnown)
    {
        foreach (var option in known)
        {
            if (option.Letter == letter && !OwnLetters.Contains(letter))
            {
                isKnown = true;
                return option.TakesValue;
            }
        }
        return isKnown = false;
    }

    static (string Name, char Letter, bool TakesValue) FindLong(string typed)
    {
        var fitting = Array.FindAll(known, o => o.Name == typed);
        if (fitting.Length == 0)
            fitting = Array.FindAll(known, o => o.Name.StartsWith(typed, StringComparison.Ordinal));
        if (fitting.Length > 1)
            fitting = Array.FindAll(fitting, o => !OwnLetters.Contains(o.Letter));
        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw Wrong($"unrecognized option '--{typed}'"),
            _ => throw Wrong($"option '--{typed}' is ambiguous"),
        };
    }

    DaemonOptions With(char letter, string? value) => letter switch
    {
        'v' => this with { Verbose = true },
        'd' => this with { Background = true },
        'l' => this with { Listen = true },
        'f' => this with { Config = value },
        'p' => this with { PidFile = value },
        'R' => this with { Root = value },
        'M' => this with { CpuMap = value },
        'O' => this with { Role = value },
        'V' => this with { ShowVersion = true },
        'h' => this with { ShowHelp = true },
        _ => this with
        {
            Timeout = int.TryParse(value, out int seconds) && seconds >= 0 ? seconds : throw Wrong("Invalid value for timeout"),
        },
    };

    /// <summary>The role that is asked for, else the one that the program is called by.</summary>
    /// <exception cref="VireoException">Nobody knows it, or it has not what other options ask for.</exception>
    internal DaemonRole ChooseRole(DaemonRole called)
    {
        DaemonRole role = Role is null ? called
            : RoleTable.Find(Role) ?? throw Wrong($"there is no role '{Role}': {string.Join(", ", RoleTable.All.Select(static one => one.Name))}");
        return Listen && role.Remote is not RemoteSockets.WithListen ? throw Wrong(role.Remote is RemoteSockets.None
            ? $"{role.Name} does not listen for TCP or TLS"
            : $"{role.Name} listens for TCP and TLS when its configuration says so, not by --listen") : role;
    }

    /// <summary>The same with files that mean the same from any directory.</summary>
    internal DaemonOptions FromHere() => this with
    {
        Config = Config is null ? null : Path.GetFullPath(Config),
        CpuMap = CpuMap is null || MapRelease.TryParse(CpuMap, out _) ? CpuMap : Path.GetFullPath(CpuMap),
    };

    static VireoException Wrong(string what) => VireoException.InvalidArgument(ErrorDomain.None, what);
}
