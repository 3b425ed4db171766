using Xunit;

namespace Vireo.Tests.Api;

public class ExampleTests
{
    static string Source([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [Fact]
    public async Task The_example_of_the_manual_runs()
    {
        var output = new StringWriter();
        await Example.RunAsync("test:///default", output, TestContext.Current.CancellationToken);
        Assert.Equal(["TEST on i686", "copy: Started", "8388608 KiB", ""], output.ToString().Split('\n'));
    }

    [Fact]
    public void The_manual_shows_it_as_it_is()
    {
        string text = File.ReadAllText(Path.Combine(Source(), "Example.cs"));
        int from = text.IndexOf("// <example>\n", StringComparison.Ordinal) + "// <example>\n".Length, to = text.IndexOf("    // </example>", StringComparison.Ordinal);
        string example = string.Join('\n', text[from..to].TrimEnd().Split('\n').Select(static line => line.Length >= 4 ? line[4..] : line));
        Assert.Contains(example, File.ReadAllText(Path.Combine(Source(), "../../../docs/dotnet-api.md")), StringComparison.Ordinal);
    }
}
