using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary><c>vireo migrate --explain</c>: all that stands against a migration at once, and nothing moves.</summary>
public sealed class MigrateExplainTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "stayer";

    async Task<CommandResult> ExplainAsync(bool from, params string[] words)
    {
        var (program, first) = VireoDaemon.Find("Vireo.Shell", "vireo");
        return await Command.RunAsync(program, [.. first, "migrate", "--explain", Name, hosts.Uri(!from), "-c", hosts.Uri(from), .. words]);
    }

    async Task CreateAsync(bool at, string devices, string cpu = "")
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        string path = Path.Join(hosts.Shared, "stayer.xml");
        await File.WriteAllTextAsync(path, Guests.Tiny(Name, "6d1f0f8e-0c59-4b42-9c0e-7d8f3a5b2c11").Replace("<devices>", $"{cpu}<devices>{devices}", StringComparison.Ordinal));
        await hosts.RunAsync(at, "create", path);
    }

    [Fact]
    public async Task Everything_is_told_at_once_and_what_helps()
    {
        try
        {
            string image = Path.Join(hosts.Shared, "stayer.img");
            await File.WriteAllBytesAsync(image, new byte[1 << 20]);
            await CreateAsync(false, $"""
                <disk type='file'><driver name='qemu' type='raw'/><source file='{image}'/><target dev='vda' bus='virtio'/></disk>
                <shmem name='shared'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>
                """);
            CommandResult said = await ExplainAsync(false, "--live");
            Assert.Equal(3, said.ExitCode);
            Assert.Contains("source  migration with shmem device is not supported", said.Output, StringComparison.Ordinal);
            Assert.Contains("source  Migration without shared storage is unsafe", said.Output, StringComparison.Ordinal);
            Assert.Contains($"put '{image}' (disk vda) on storage that both hosts share", said.Output, StringComparison.Ordinal);
            Assert.Equal("running (booted)\n", await hosts.RunAsync(false, "domstate", Name, "--reason"));
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Fact]
    public async Task A_target_says_what_it_lacks()
    {
        try
        {
            string image = Path.Join(hosts.Shared, "only-here/stayer.img"), other = Path.Join(hosts.Shared, "stayer-there.xml");
            Directory.CreateDirectory(Path.GetDirectoryName(image)!);
            File.SetUnixFileMode(Path.GetDirectoryName(image)!, (UnixFileMode)0x1ff);
            await File.WriteAllBytesAsync(image, new byte[1 << 20]);
            await CreateAsync(true, $"""
                <disk type='file'><driver name='qemu' type='raw'/><source file='{image}'/><target dev='vda' bus='virtio'/></disk>
                """);
            string xml = (await hosts.RunAsync(true, "dumpxml", Name, "--migratable")).Replace("only-here", "nowhere", StringComparison.Ordinal)
                .Replace("</disk>", "</disk><interface type='network'><source network='nowhere'/></interface><graphics type='vnc' port='16509'/>", StringComparison.Ordinal);
            await File.WriteAllTextAsync(other, xml);
            CommandResult said = await ExplainAsync(true, "--live", "--copy-storage-all", "--tls", "--xml", other);
            Assert.Equal(3, said.ExitCode);
            Assert.Contains("the source's daemon does not say", said.Error, StringComparison.Ordinal);
            Assert.Contains("no storage pool with matching target path", said.Output, StringComparison.Ordinal);
            Assert.Contains("what helps: make and start a pool of that folder", said.Output, StringComparison.Ordinal);
            Assert.Contains("no network with matching name 'nowhere'", said.Output, StringComparison.Ordinal);
            await File.WriteAllTextAsync(other, xml.Replace("nowhere/", "only-here/", StringComparison.Ordinal).Replace("<interface type='network'><source network='nowhere'/></interface>", "", StringComparison.Ordinal));
            said = await ExplainAsync(true, "--live", "--unsafe", "--tls", "--xml", other);
            Assert.True(said.ExitCode == 0, said.ToString());
            Assert.Contains("nothing keeps it from", said.Output, StringComparison.Ordinal);
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_processor_and_a_machine_that_the_target_has_not_are_told(bool toStock)
    {
        try
        {
            await CreateAsync(!toStock, "");
            string other = Path.Join(hosts.Shared, "stayer-there.xml");
            await File.WriteAllTextAsync(other, (await hosts.RunAsync(!toStock, "dumpxml", Name, "--migratable")).Replace("pc-i440fx-7.2", "pc-i440fx-99.0", StringComparison.Ordinal));
            CommandResult said = await ExplainAsync(!toStock, "--live", "--xml", other);
            Assert.Equal(3, said.ExitCode);
            Assert.Contains("pc-i440fx-99.0", said.Output, StringComparison.Ordinal);
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }
}
