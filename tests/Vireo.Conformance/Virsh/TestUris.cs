using System.Text.RegularExpressions;

namespace Vireo.Conformance.Virsh;

/// <summary>URIs of the test driver, which a stock client serves itself unless they name a transport.</summary>
static partial class TestUris
{
    /// <summary>A text in which every such URI leads to the daemon behind a socket.</summary>
    public static string ToDaemon(string text, string socket) => Uri().Replace(text, found => found.Groups["query"] is { Success: true, Value: var query }
        ? $"test+unix://{found.Groups["path"].Value}{query}&socket={socket}"
        : $"test+unix://{found.Groups["path"].Value}?socket={socket}");

    /// <summary>A client's output as it would have been without the change.</summary>
    public static string FromDaemon(string text, string socket) => text
        .Replace($"&socket={socket}", "", StringComparison.Ordinal).Replace($"?socket={socket}", "", StringComparison.Ordinal)
        .Replace("test+unix://", "test://", StringComparison.Ordinal);

    /// <summary>Whether a client that is given this could serve a URI of the test driver itself.</summary>
    public static bool IsOwn(string text) => text.Contains("test:", StringComparison.Ordinal);

    [GeneratedRegex("""test://(?<path>/[^\s?"';]*)(?<query>\?[^\s"';]*)?""")]
    private static partial Regex Uri();
}
