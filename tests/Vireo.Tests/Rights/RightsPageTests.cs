using System.Runtime.CompilerServices;
using System.Text;
using Vireo.Shell.Rights;
using Vireo.Shell.Session;
using Xunit;

namespace Vireo.Tests.Rights;

/// <summary>The examples of docs/rights.md are true.</summary>
public sealed class RightsPageTests
{
    static string Top([CallerFilePath] string here = "") => Path.GetFullPath(Path.Join(Path.GetDirectoryName(here), "../../.."));

    static string Example(string name)
    {
        string page = File.ReadAllText(Path.Join(Top(), "docs/rights.md"));
        int start = page.IndexOf('\n', page.IndexOf("```", page.IndexOf($"<!-- example: {name} -->", StringComparison.Ordinal), StringComparison.Ordinal)) + 1;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [Fact]
    public async Task What_the_page_shows_is_what_the_command_says()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Example("rights.toml"));
            var shown = new StringBuilder();
            foreach (string line in Example("vireo rights").Split('\n').Where(line => line.StartsWith("$ vireo ", StringComparison.Ordinal)))
            {
                shown.Append(line).Append('\n');
                var output = new StringWriter { NewLine = "\n" };
                await RightsCommands.RunAsync(new ShellProgram.Surroundings
                {
                    Name = "vireo",
                    Arguments = [.. line["$ vireo ".Length..].Split(' ').Select(word => word is "rights.toml" ? file : word)],
                    Environment = static _ => null,
                    Input = TextReader.Null,
                    Output = output,
                    Errors = output,
                    Open = static (_, _, _, _) => throw new InvalidOperationException("nobody is to be asked"),
                });
                shown.Append(output);
            }
            Assert.Equal(Example("vireo rights"), shown.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("rights")]
    [InlineData("rights can alice")]
    [InlineData("rights list --explain")]
    [InlineData("rights can alice start vm --shoe 7")]
    public async Task What_makes_no_sense_is_answered_with_the_usage(string line)
    {
        var errors = new StringWriter();
        Assert.Equal(RightsCommands.Unusable, await RightsCommands.RunAsync(new ShellProgram.Surroundings
        {
            Name = "vireo",
            Arguments = line.Split(' '),
            Environment = static _ => null,
            Input = TextReader.Null,
            Output = TextWriter.Null,
            Errors = errors,
            Open = static (_, _, _, _) => throw new InvalidOperationException(),
        }));
        Assert.StartsWith("usage: vireo rights can", errors.ToString(), StringComparison.Ordinal);
    }
}
