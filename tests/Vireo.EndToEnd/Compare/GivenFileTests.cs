using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Files that a client opened, as disks of guests: Debian's Python binding, unchanged.</summary>
public sealed class GivenFileTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    [Fact]
    public async Task Files_that_a_client_gives_are_disks_as_long_as_it_is_there()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        await Needs.PythonModuleAsync("libvirt_qemu");
        string stock = await RunAsync(daemons.Stock.Socket);
        Assert.Contains("sets (1, ['libvirt-1-storage0', 'libvirt-1-storage1'])", stock, StringComparison.Ordinal);
        Assert.Equal(stock, await RunAsync(daemons.Vireo.Socket));
    }

    [Fact]
    public async Task A_disk_of_given_files_comes_and_goes_while_the_guest_runs()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        await Needs.PythonModuleAsync("libvirt_qemu");
        Assert.Contains("""
            give 0
            plug 0
            sets (2, ['libvirt-1-storage0', 'libvirt-1-storage1', 'libvirt-2-storage0'])
            unplug 0
            sets (1, ['libvirt-1-storage0', 'libvirt-1-storage1'])
            """.ReplaceLineEndings("\n"), await RunAsync(daemons.Vireo.Socket, "plug"), StringComparison.Ordinal);
    }

    static async Task<string> RunAsync(string socket, params string[] more)
    {
        string folder = Directory.CreateTempSubdirectory("given").FullName;
        try
        {
            foreach (string name in new[] { "a", "b" })
                await Command.RunAsync(Needs.Program("qemu-img"), ["create", "-q", "-f", "qcow2", Path.Join(folder, name), "4M"]);
            CommandResult said = await Command.RunAsync("/usr/bin/python3",
                [Path.Join(AppContext.BaseDirectory, "Compare/given-files.py"), $"qemu+unix:///system?socket={socket}", Path.Join(folder, "a"), Path.Join(folder, "b"), .. more]);
            Assert.True(said.ExitCode == 0, said.ToString());
            return said.Output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
