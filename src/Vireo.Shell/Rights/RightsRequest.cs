namespace Vireo.Shell.Rights;

/// <summary>The arguments of one of the commands.</summary>
sealed record RightsRequest(string Command)
{
    public string User { get; init; } = "";
    public string Right { get; init; } = "";
    public string? Object { get; init; }
    public bool Explain { get; init; }
    public string File { get; init; } = "/etc/libvirt/rights.toml";
    public string? Connect { get; init; }
    public string? Uuid { get; init; }
    public string? Owner { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Pool { get; init; }
    public string? Network { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];
    public string? Tls { get; init; }
    public string? Sasl { get; init; }
    public string? Label { get; init; }

    /// <summary>Nothing is known of the object but its name.</summary>
    public bool OnlyNamed => Uuid is null && Owner is null && Tags.Count is 0;

    /// <summary>Reads arguments; null if they make no sense.</summary>
    public static RightsRequest? Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ["can" or "list" or "check", ..])
            return null;
        var request = new RightsRequest(arguments[0]);
        var words = new List<string>();
        for (int i = 1; i < arguments.Length; i++)
        {
            string one = arguments[i];
            if (one is not ['-', _, ..])
                words.Add(one);
            else if (one is "--explain" && request.Command is "can")
                request = request with { Explain = true };
            else if (i + 1 == arguments.Length || request.With(one, arguments[++i]) is not { } more)
                return null;
            else
                request = more;
        }
        return (request.Command, words) switch
        {
            ("can", [var user, var right]) => request with { User = user, Right = right },
            ("can", [var user, var right, var name]) => request with { User = user, Right = right, Object = name },
            ("list" or "check", []) => request,
            ("check", [var file]) => request with { File = file },
            _ => null,
        };
    }

    RightsRequest? With(string option, string value) => (Command, option) switch
    {
        (_, "--file") => this with { File = value },
        ("can", "-c" or "--connect") => this with { Connect = value },
        ("can", "--uuid") => this with { Uuid = value },
        ("can", "--owner") => this with { Owner = value },
        ("can", "--tag") => this with { Tags = [.. Tags, value] },
        ("can", "--pool") => this with { Pool = value },
        ("can", "--network") => this with { Network = value },
        ("can", "--group") => this with { Groups = [.. Groups, value] },
        ("can", "--tls") => this with { Tls = value },
        ("can", "--sasl") => this with { Sasl = value },
        ("can", "--label") => this with { Label = value },
        _ => null,
    };
}
