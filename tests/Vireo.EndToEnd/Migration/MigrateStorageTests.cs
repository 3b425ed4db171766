using System.Security.Cryptography;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>Guests whose disks only one host has: the content goes along, from stock to vireod and back.</summary>
public sealed class MigrateStorageTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "mover", Pool = "moved";
    const int Size = 4 << 20;

    void Need()
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        Needs.Program("qemu-img");
    }

    string Folder(bool stock) => Path.Join(hosts.Shared, stock ? "stock" : "vireo");

    static string Machine(string folder) => Guests.Tiny(Name, "0a0f7c52-43a8-4d6b-8f0d-3c5d1b2e6f70").Replace("<devices>", $"""
        <devices>
        <disk type='file'><driver name='qemu' type='qcow2'/><source file='{folder}/one.qcow2'/><target dev='vda' bus='virtio'/></disk>
        <disk type='file'><driver name='qemu' type='raw'/><source file='{folder}/two.img'/><target dev='vdb' bus='virtio'/></disk>
        """, StringComparison.Ordinal);

    static async Task ImageAsync(params string[] words)
    {
        CommandResult said = await Command.RunAsync(Needs.Program("qemu-img"), words);
        Assert.True(said.ExitCode == 0, $"qemu-img {string.Join(' ', words)}: {said}");
    }

    /// <summary>Random content, and both images of it.</summary>
    async Task MakeAsync(string folder)
    {
        await File.WriteAllBytesAsync(Path.Join(hosts.Shared, "content"), RandomNumberGenerator.GetBytes(Size));
        await ImageAsync("convert", "-f", "raw", "-O", "qcow2", Path.Join(hosts.Shared, "content"), Path.Join(folder, "one.qcow2"));
        File.Copy(Path.Join(hosts.Shared, "content"), Path.Join(folder, "two.img"));
    }

    Task SameAsync(string image, string format) => ImageAsync("compare", "-U", "-f", "raw", "-F", format, Path.Join(hosts.Shared, "content"), image);

    void Prepare()
    {
        foreach (bool stock in new[] { true, false })
        {
            if (Directory.Exists(Folder(stock))) Directory.Delete(Folder(stock), recursive: true);
            Directory.CreateDirectory(Folder(stock));
            File.SetUnixFileMode(Folder(stock), (UnixFileMode)0x1ff);
        }
    }

    async Task<string> DocumentAsync(bool from)
    {
        string path = Path.Join(hosts.Shared, "target.xml");
        await File.WriteAllTextAsync(path, (await hosts.RunAsync(from, "dumpxml", Name, "--migratable")).Replace(Folder(from), Folder(!from), StringComparison.Ordinal));
        return path;
    }

    async Task CreateAsync(bool at)
    {
        string path = Path.Join(hosts.Shared, "source.xml");
        await File.WriteAllTextAsync(path, Machine(Folder(at)));
        await hosts.RunAsync(at, "create", path);
    }

    async Task ClearAsync()
    {
        await hosts.ClearAsync(Name);
        foreach (bool stock in new[] { true, false })
            await hosts.TryAsync(stock, "pool-destroy", Pool);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--p2p")]
    [InlineData("--tls")]
    [InlineData("--copy-storage-synchronous-writes")]
    [InlineData("--disks-port ${PORT}")]
    [InlineData("--disks-uri unix://${SHARED}/stock/disks.sock")]
    [InlineData("--parallel --parallel-connections 2")]
    [InlineData("--persistent --undefinesource")]
    public async Task Disks_go_along_and_are_made_where_they_are_not(string flags)
    {
        Need();
        // Stock keeps a port that it was told once.
        int port = 49900;
        string[] Words() => ["--live", "--copy-storage-all", .. flags.Replace("${SHARED}", hosts.Shared, StringComparison.Ordinal)
            .Replace("${PORT}", $"{port++}", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        foreach (bool fromStock in new[] { true, false })
        {
            try
            {
                Prepare();
                await MakeAsync(Folder(fromStock));
                await CreateAsync(fromStock);
                CommandResult said = await hosts.TryAsync(fromStock, [.. hosts.To(!fromStock, Name), .. Words(), "--xml", await DocumentAsync(fromStock)]);
                Assert.Contains("no storage pool with matching target path", said.Error, StringComparison.Ordinal);
                Assert.Equal("running (booted)\n", await hosts.RunAsync(fromStock, "domstate", Name, "--reason"));
                await hosts.RunAsync(!fromStock, "pool-create-as", Pool, "dir", "--target", Folder(!fromStock));
                await hosts.RunAsync(fromStock, [.. hosts.To(!fromStock, Name), .. Words(), "--xml", await DocumentAsync(fromStock)]);
                Assert.Equal("running (migrated)\n", await hosts.RunAsync(!fromStock, "domstate", Name, "--reason"));
                Assert.NotEqual(0, (await hosts.TryAsync(fromStock, "domstate", Name)).ExitCode);
                await SameAsync(Path.Join(Folder(!fromStock), "one.qcow2"), "qcow2");
                await SameAsync(Path.Join(Folder(!fromStock), "two.img"), "raw");
                // And what came goes on: nothing of the way is left in the guest.
                File.Delete(Path.Join(Folder(fromStock), "two.img"));
                File.Delete(Path.Join(hosts.Shared, "stock/disks.sock"));
                await hosts.RunAsync(fromStock, "pool-create-as", Pool, "dir", "--target", Folder(fromStock));
                await hosts.RunAsync(!fromStock, [.. hosts.To(fromStock, Name), .. Words(), "--xml", await DocumentAsync(!fromStock)]);
                Assert.Equal("running (migrated)\n", await hosts.RunAsync(fromStock, "domstate", Name, "--reason"));
                await SameAsync(Path.Join(Folder(fromStock), "one.qcow2"), "qcow2");
                await SameAsync(Path.Join(Folder(fromStock), "two.img"), "raw");
            }
            finally
            {
                await ClearAsync();
            }
        }
    }

    [Fact]
    public async Task Only_what_is_on_top_goes_along_where_both_have_what_is_below()
    {
        Need();
        foreach (bool fromStock in new[] { true, false })
        {
            try
            {
                Prepare();
                await MakeAsync(Folder(fromStock));
                foreach (bool host in new[] { fromStock, !fromStock })
                {
                    File.Copy(Path.Join(hosts.Shared, "content"), Path.Join(Folder(host), "below.img"));
                    File.Copy(Path.Join(hosts.Shared, "content"), Path.Join(Folder(host), "two.img"), overwrite: true);
                    File.Delete(Path.Join(Folder(host), "one.qcow2"));
                    await ImageAsync("create", "-q", "-f", "qcow2", "-b", Path.Join(Folder(host), "below.img"), "-F", "raw", Path.Join(Folder(host), "one.qcow2"));
                }
                CommandResult written = await Command.RunAsync(Needs.Program("qemu-io"), ["-f", "qcow2", "-c", "write -P 7 1M 64k", Path.Join(Folder(fromStock), "one.qcow2")]);
                Assert.Equal(0, written.ExitCode);
                await ImageAsync("convert", "-O", "raw", Path.Join(Folder(fromStock), "one.qcow2"), Path.Join(hosts.Shared, "content"));
                await CreateAsync(fromStock);
                await hosts.RunAsync(fromStock, [.. hosts.To(!fromStock, Name), "--live", "--copy-storage-inc", "--xml", await DocumentAsync(fromStock)]);
                await SameAsync(Path.Join(Folder(!fromStock), "one.qcow2"), "qcow2");
                Assert.InRange(new FileInfo(Path.Join(Folder(!fromStock), "one.qcow2")).Length, 1, Size / 2);
            }
            finally
            {
                await ClearAsync();
            }
        }
    }

    [Fact]
    public async Task A_copy_that_cannot_be_leaves_the_guest_where_it_is()
    {
        Need();
        foreach (bool fromStock in new[] { true, false })
        {
            try
            {
                Prepare();
                await MakeAsync(Folder(fromStock));
                await MakeAsync(Folder(!fromStock));
                await CreateAsync(fromStock);
                CommandResult said = await hosts.TryAsync(fromStock, [.. hosts.To(!fromStock, Name), "--live", "--copy-storage-all", "--disks-uri", "tcp://192.0.2.1:49991", "--xml", await DocumentAsync(fromStock)]);
                Assert.NotEqual(0, said.ExitCode);
                Assert.Equal("running (booted)\n", await hosts.RunAsync(fromStock, "domstate", Name, "--reason"));
                // Nothing of it is left that would be in the way.
                await hosts.RunAsync(fromStock, [.. hosts.To(!fromStock, Name), "--live", "--copy-storage-all", "--xml", await DocumentAsync(fromStock)]);
            }
            finally
            {
                await ClearAsync();
            }
        }
    }
}
