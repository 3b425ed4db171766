using System.Text.Json;
using Vireo.Model.Documents;
using Xunit;

namespace Vireo.Tests.Shell;

/// <summary><c>vireo xml check</c> and <c>vireo schema</c>.</summary>
public sealed class DocumentCommandsTests : IDisposable
{
    const string Faulty = """
        <domain type='test'>
          <name>demo</name>
          <memory unit='MiB'>512</memory>
          <os firmware='uefi'>
            <type arch='x86_64'>hvm</type>
          </os>
          <devices>
            <disk type='flie'>
              <target dev='vda' bus='virtoi'/><source file='/a'/>
            </disk>
            <interfase type='network'>
              <source network='default'/>
            </interfase>
          </devices>
        </domain>

        """;

    readonly string folder = Directory.CreateTempSubdirectory("vireo-check-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Write(string text)
    {
        string path = Path.Combine(folder, "guest.xml");
        File.WriteAllText(path, text);
        return path;
    }

    static Task<ShellRun> Run(params string[] arguments) => ShellRun.OfAsync(arguments, name: "vireo");

    [Fact]
    public async Task Text_tells_every_fault_with_its_place_and_what_was_meant()
    {
        string path = Write(Faulty);
        ShellRun run = await Run("xml", "check", path);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"""
            {path}:4:7: error: the attribute firmware of <os> cannot be 'uefi'
                 4 |   <os firmware='uefi'>
                   |       ^
                     at /domain/os/@firmware (introduced in libvirt 5.2.0)
                     did you mean efi?
            """, run.Output, StringComparison.Ordinal);
        Assert.Contains(":8:11: error: the attribute type of <disk> cannot be 'flie'", run.Output, StringComparison.Ordinal);
        Assert.Contains(":9:25: error: the attribute bus of <target> cannot be 'virtoi'", run.Output, StringComparison.Ordinal);
        Assert.Contains(":11:6: warning: <interfase> means nothing in <devices>; libvirt drops it without a word", run.Output, StringComparison.Ordinal);
        Assert.Contains("is not valid as a domain document: 3 errors, 1 warning", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_patch_makes_the_document_valid()
    {
        string path = Write(Faulty);
        string[] lines = (await Run("xml", "check", "--format", "patch", path)).Output.Split('\n');
        Assert.Equal([$"--- {path}", $"+++ {path}", "@@ -1,15 +1,15 @@"], lines[..3]);
        string mended = string.Join("\n", lines[3..].Where(static line => line is [' ' or '+', ..]).Select(static line => line[1..]));
        Assert.Empty(DocumentKinds.Domain.Check(mended));
    }

    [Fact]
    public async Task Json_is_for_editors()
    {
        using JsonDocument report = JsonDocument.Parse((await Run("xml", "check", "--format=json", Write(Faulty))).Output);
        JsonElement first = report.RootElement.GetProperty("findings")[0];
        Assert.Equal("domain", report.RootElement.GetProperty("document").GetString());
        Assert.False(report.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(("error", "bad-value", 4, 7, "efi"), (first.GetProperty("severity").GetString(), first.GetProperty("kind").GetString(),
            first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32(), first.GetProperty("suggestion").GetString()));
        Assert.Equal(["bios", "efi"], first.GetProperty("expected").EnumerateArray().Select(static word => word.GetString()));
        Assert.Equal("uefi", first.GetProperty("edits")[0].GetProperty("old").GetString());
    }

    [Theory]
    [InlineData("<domain type='test'><name>a</name><memory>1024</memory><os><type>hvm</type></os></domain>", 0)]
    [InlineData("<domain type='test'><name>a</name>", 1)]
    [InlineData("<domain type='test'/>", 3)]
    [InlineData("<nonsense/>", 3)]
    public async Task The_exit_code_is_the_verdict(string xml, int code) => Assert.Equal(code, (await Run("xml", "check", Write(xml))).ExitCode);

    [Fact]
    public async Task Bad_arguments_have_exit_codes_of_their_own()
    {
        Assert.Equal(1, (await Run("xml", "check")).ExitCode);
        Assert.Equal(1, (await Run("xml", "check", "--format", "prose", "x.xml")).ExitCode);
        Assert.Equal(2, (await Run("xml", "check", Path.Combine(folder, "none.xml"))).ExitCode);
        Assert.Equal(4, (await Run("xml", "check", Write("<domain/>"), "nonsense")).ExitCode);
        Assert.Equal(4, (await Run("schema", "nonsense")).ExitCode);
    }

    [Fact]
    public async Task The_document_may_come_in_by_standard_input() =>
        Assert.Equal(3, (await ShellRun.OfAsync(["xml", "check", "-"], input: "<domain/>", name: "vireo")).ExitCode);

    [Fact]
    public async Task Every_kind_has_a_schema()
    {
        string[] names = [.. (await Run("schema")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[0])];
        Assert.Equal(DocumentKinds.All.Select(static kind => kind.Name), names);
        foreach (string name in names)
            Assert.StartsWith("<grammar xmlns='http://relaxng.org/ns/structure/1.0'", (await Run("schema", name)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Virsh_has_no_such_commands() => Assert.NotEqual(0, (await ShellRun.OfAsync(["schema"])).ExitCode);

    [Fact]
    public async Task Define_refuses_what_is_not_valid_when_asked_to()
    {
        string path = Write(Faulty.Replace("uefi", "efi").Replace("virtoi", "virtio").Replace("flie", "file").Replace("interfase", "interface").Replace("<os ", "<os colour='red' "));
        ShellRun run = await ShellRun.OnTestAsync("define", "--validate", path);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("XML document failed to validate against schema: the attribute colour means nothing on <os>; libvirt drops it without a word (line 4, column 7, /domain/os/@colour)",
            run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await ShellRun.OnTestAsync("define", path)).ExitCode);
    }
}
