using System.Text.RegularExpressions;
using Vireo.EndToEnd.CLibrary;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Bindings;

/// <summary>Where a program's calls go: within the process, to stock libvirtd, to vireod.</summary>
public enum Place { InProcess, Libvirtd, Vireod }

/// <summary>Runs lines of shell on Debian's C library and on ours, with both daemons at hand.</summary>
public sealed partial class BothLibraries : IAsyncDisposable
{
    readonly string built = Directory.CreateTempSubdirectory("bind").FullName;
    readonly Dictionary<string, CommandResult> builds = [];
    StockDaemon? libvirtd;
    VireoDaemon? vireod;

    /// <summary>Where what is built goes.</summary>
    public string Built => built;

    /// <summary>A daemon's socket; none for calls within the process.</summary>
    public async Task<string?> SocketAsync(Place place)
    {
        switch (place)
        {
            case Place.InProcess:
                return null;
            case Place.Libvirtd:
                Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
                return (libvirtd ??= await StockDaemon.StartAsync()).Socket;
            default:
                return (vireod ??= await VireoDaemon.StartAsync()).Socket;
        }
    }

    /// <summary>The test driver there.</summary>
    public async Task<string> TestUriAsync(Place place) => await SocketAsync(place) is { } socket ? $"test+unix:///default?socket={socket}" : "test:///default";

    /// <summary>Runs a line of shell.</summary>
    public static Task<CommandResult> ShellAsync(string line, IReadOnlyDictionary<string, string?> environment) =>
        Command.RunAsync(Needs.Program("bash"), ["-c", line], environment);

    /// <summary>Skips the test where a line of shell does not succeed.</summary>
    public static async Task NeedsAsync(string line)
    {
        CommandResult looked = await ShellAsync(line, new Dictionary<string, string?>());
        Assert.SkipWhen(looked.ExitCode != 0, $"not installed: {line} says {looked.Error.Trim()}");
    }

    /// <summary>Builds once, however often it is asked for.</summary>
    public async Task BuildAsync(string line)
    {
        if (!builds.TryGetValue(line, out CommandResult? result))
            builds[line] = result = await ShellAsync($"cd $out && {line}", BindingPrograms.Environment(built));
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    /// <summary>Runs a line of shell on both libraries, Debian's first; what it says must be equal, and is given back.</summary>
    /// <param name="line">The line; besides what <see cref="BindingPrograms.Environment"/> sets it finds $uri, $socket, and the empty folder $own.</param>
    /// <param name="place">Where its calls go.</param>
    /// <param name="normal">Takes out of its output what is not the same twice.</param>
    /// <param name="error">Whether its standard error counts.</param>
    public async Task<CommandResult> SameAsync(string line, Place place, Func<string, string>? normal = null, bool error = true)
    {
        CommandResult stock = await OnAsync(CLibraryFiles.Stock, line, place, normal, error), ours = await OnAsync(CLibraryFiles.Folder, line, place, normal, error);
        Assert.True(stock == ours, $"Debian's library (<) and ours (>) differ:\n{Difference(stock.ToString(), ours.ToString())}");
        return ours;
    }

    /// <summary>The lines that only one of two texts has, in order.</summary>
    public static string Difference(string stock, string ours)
    {
        string[] left = stock.Split('\n'), right = ours.Split('\n');
        return string.Join('\n', left.Except(right).Select(static line => $"< {line}").Concat(right.Except(left).Select(static line => $"> {line}")));
    }

    /// <summary>Runs it on one of them.</summary>
    public async Task<CommandResult> OnAsync(string library, string line, Place place, Func<string, string>? normal = null, bool error = true)
    {
        string uri = await TestUriAsync(place), own = Directory.CreateTempSubdirectory("own").FullName;
        try
        {
            CommandResult said = await ShellAsync(line, new Dictionary<string, string?>(BindingPrograms.Environment(built))
            {
                ["LD_LIBRARY_PATH"] = library, ["uri"] = uri, ["socket"] = await SocketAsync(place) ?? "", ["own"] = own,
            });
            string Same(string text) => PlaceInDocument().Replace(normal?.Invoke(text) ?? text, "").Replace(own, "OWN", StringComparison.Ordinal);
            return new(said.ExitCode, Same(said.Output), error ? Same(said.Error) : "");
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    /// <summary>Where in a document something is wrong: Debian's does not say.</summary>
    [GeneratedRegex(@" \(line \d+, column \d+, /[^)]*\)")]
    private static partial Regex PlaceInDocument();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (libvirtd is not null)
            await libvirtd.DisposeAsync();
        if (vireod is not null)
            await vireod.DisposeAsync();
        Directory.Delete(built, recursive: true);
    }
}
