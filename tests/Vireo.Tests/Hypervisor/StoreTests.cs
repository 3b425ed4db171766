using System.Text.RegularExpressions;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Hypervisor;

public sealed class StoreTests : IDisposable
{
    readonly TempFolder root = new("/tmp", "vireo-");
    readonly DriverPaths paths;
    readonly ObjectStore<DomainDef> definitions;
    readonly StatusStore statuses;

    public StoreTests()
    {
        paths = HostPaths.System(root.Path).Driver("qemu");
        definitions = DefinitionStore.Of(paths, Parse);
        statuses = new StatusStore(paths);
    }

    public void Dispose() => root.Dispose();

    internal static DomainDef Parse(string xml)
    {
        Match name = Regex.Match(xml, "<domain.*<name>(.*)</name>", RegexOptions.Singleline);
        return name.Success
            ? new DomainDef { Type = DomainType.Qemu, Name = name.Groups[1].Value, Uuid = Lives.One }
            : throw new InvalidDataException("no name");
    }

    internal static string Xml(string name) => $"<domain type='qemu'>\n  <name>{name}</name>\n</domain>\n";

    [Fact]
    public void A_definition_is_written_as_libvirt_writes_it()
    {
        definitions.Save("a", Lives.One, Xml("a"));
        Assert.Equal("""
            <!--
            WARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE
            OVERWRITTEN AND LOST. Changes to this xml configuration should be made using:
              virsh edit a
            or other application using the libvirt API.
            -->

            <domain type='qemu'>
              <name>a</name>
            </domain>

            """, File.ReadAllText(paths.DefinitionFile("a")));
    }

    [Theory]
    [InlineData("-dash", "-dash")]
    [InlineData("ü", "ü")]
    [InlineData("a b", "01010101-0101-0101-0101-010101010101")]
    [InlineData("x--y", "01010101-0101-0101-0101-010101010101")]
    [InlineData("q'uote", "01010101-0101-0101-0101-010101010101")]
    public void A_name_that_a_shell_would_not_take_is_its_uuid_in_the_comment(string name, string shown)
    {
        definitions.Save(name, Lives.One, Xml("n"));
        Assert.Contains($"\n  virsh edit {shown}\n", File.ReadAllText(paths.DefinitionFile(name)));
    }

    [Fact]
    public void Autostart_is_a_link_to_the_definition()
    {
        definitions.Save("a", Lives.One, Xml("a"));
        Assert.False(definitions.IsAutostart("a"));
        definitions.SetAutostart("a", true);
        Assert.Equal(paths.DefinitionFile("a"), new FileInfo(paths.AutostartLink("a")).LinkTarget);
        definitions.Rename("a", "b", Lives.One, Xml("b"));
        Assert.True(Assert.Single(definitions.LoadAll().Found).Autostart);
        definitions.Delete("b");
        Assert.Empty(Directory.GetFileSystemEntries(paths.AutostartDir));
        definitions.Delete("b");
    }

    [Fact]
    public void Junk_is_reported_and_left_alone()
    {
        definitions.Save("a", Lives.One, Xml("a"));
        definitions.Save("other", Lives.One, Xml("b"));
        File.WriteAllText(paths.DefinitionFile("junk"), "<domain");
        var loaded = definitions.LoadAll();
        Assert.Equal("a", Assert.Single(loaded.Found).Def.Name);
        Assert.Equal(["junk.xml", "other.xml"], loaded.Problems.Select(p => Path.GetFileName(p.Path)));
        Assert.True(File.Exists(paths.DefinitionFile("junk")));
        Directory.CreateDirectory(paths.StateDir);
        File.WriteAllText(paths.StatusFile("junk"), "");
        Assert.Single(statuses.LoadAll<string>(static (_, text) => throw new InvalidDataException(text)).Problems);
        Assert.True(File.Exists(paths.StatusFile("junk")));
    }

    [Fact]
    public void Very_many_come_in_the_order_of_their_names_and_what_is_broken_among_them_is_reported()
    {
        string[] names = [.. Enumerable.Range(0, 400).Select(static i => $"m{i:d3}")];
        foreach (string name in names)
            definitions.Save(name, Lives.One, Xml(name));
        File.WriteAllText(paths.DefinitionFile("m100"), "junk");
        File.WriteAllText(paths.DefinitionFile("m200"), Xml("another"));
        File.WriteAllText(paths.DefinitionFile("m300"), "\ufeff" + Xml("m300"));
        definitions.SetAutostart("m017", true);
        Loaded<Stored<DomainDef>> all = definitions.LoadAll(static def => def with { Title = $"the {def.Name}" });
        Assert.Equal(names.Except(["m100", "m200"]), all.Found.Select(static one => one.Def.Name));
        Assert.All(all.Found, static one => Assert.Equal($"the {one.Def.Name}", one.Def.Title));
        Assert.Equal(["m017"], all.Found.Where(static one => one.Autostart).Select(static one => one.Def.Name));
        Assert.Equal([paths.DefinitionFile("m100"), paths.DefinitionFile("m200")], all.Problems.Select(static one => one.Path));
    }

    [Fact]
    public void A_status_comes_back_as_it_went()
    {
        statuses.Save("a", Lives.One, "<domstatus/>\n");
        (string name, string text) = Assert.Single(statuses.LoadAll(static (name, text) => (name, text)).Found);
        Assert.Equal("a", name);
        Assert.EndsWith("-->\n\n<domstatus/>\n", text, StringComparison.Ordinal);
        statuses.Delete("a");
        Assert.Empty(statuses.LoadAll(static (name, text) => (name, text)).Found);
    }
}
