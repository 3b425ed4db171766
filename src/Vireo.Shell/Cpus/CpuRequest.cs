using Vireo.Cpu.Map;

namespace Vireo.Shell.Cpus;

/// <summary>The arguments of one of the commands.</summary>
sealed record CpuRequest(string Command)
{
    static readonly string[] formats = ["text", "json", "xml"];

    /// <summary>What stands by itself.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What follows <c>--for</c> or <c>--hosts</c>, up to the next option.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public string Format { get; init; } = "text";

    /// <summary>The hosts' libvirt; null: not said.</summary>
    public MapRelease? Release { get; init; }

    public MapRelease Map { get; init; } = CpuMap.DefaultRelease;

    public bool Unmigratable { get; init; }

    /// <summary>The connection that has the domain; null: the default one.</summary>
    public string? Connect { get; init; }

    /// <summary>Reads arguments; null if they make no sense.</summary>
    public static CpuRequest? Parse(ReadOnlySpan<string> arguments)
    {
        CpuRequest? request = arguments switch
        {
            ["explain" or "baseline", ..] => new CpuRequest(arguments[0]),
            ["map", "diff", ..] => new CpuRequest("diff"),
            _ => null,
        };
        if (request is null)
            return null;
        arguments = arguments[(request.Command == "diff" ? 2 : 1)..];
        var words = new List<string>();
        var hosts = new List<string>();
        bool listing = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            string one = arguments[i];
            if (one is not ['-', _, ..])
            {
                (listing ? hosts : words).Add(one);
                continue;
            }
            listing = one == (request.Command == "explain" ? "--for" : "--hosts") && request.Command != "diff";
            if (listing)
                continue;
            if (one == "--unmigratable" && request.Command == "baseline")
                request = request with { Unmigratable = true };
            else if (i + 1 == arguments.Length || request.With(one, arguments[++i]) is not { } more)
                return null;
            else
                request = more;
        }
        request = request with { Words = words, Hosts = hosts };
        return request switch
        {
            { Format: "xml", Command: not "baseline" } => null,
            { Command: "explain", Words.Count: 1, Hosts.Count: > 0 } or { Command: "baseline", Words.Count: 0, Hosts.Count: > 0 } => request,
            { Command: "diff", Words.Count: 2 } => request,
            _ => null,
        };
    }

    CpuRequest? With(string option, string value) => option switch
    {
        "--format" when formats.Contains(value) => this with { Format = value },
        "--cpu-map" when Command != "diff" && MapRelease.TryParse(value, out MapRelease map) => this with { Map = map },
        "--release" when Command == "explain" && MapRelease.TryParse(value, out MapRelease release) => this with { Release = release },
        "-c" or "--connect" when Command == "explain" => this with { Connect = value },
        _ => null,
    };
}
