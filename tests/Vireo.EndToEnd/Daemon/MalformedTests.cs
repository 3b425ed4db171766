using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>What the daemon as it is built says of documents that are no XML: in words, for a native program may lack the runtime's.</summary>
public sealed class MalformedTests
{
    [Theory]
    [InlineData("<domain><name>x</nam></domain>", "does not match the end tag", "line 1, column 18")]
    [InlineData("<domain>\n <name>&nothing;</name></domain>", "undeclared entity", "line 2, column")]
    [InlineData("<domain type='test'", "Unexpected end of file", "line 1, column")]
    public async Task A_document_that_is_no_xml_is_refused_in_words(string xml, string what, string where)
    {
        string virsh = Needs.Program("virsh");
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, xml, TestContext.Current.CancellationToken);

        CommandResult refused = await Command.RunAsync(virsh, ["-c", $"test+unix:///default?socket={daemon.Socket}", "define", file]);

        File.Delete(file);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(what, refused.Error, StringComparison.Ordinal);
        Assert.Contains(where, refused.Error, StringComparison.Ordinal);
    }
}
