using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>The admin library: what virt-admin is made of, asked of stock libvirtd and of vireod, says the same on Debian's library and on ours.</summary>
public sealed class AdminLibraryTests
{
    [Fact]
    public async Task Of_libvirtd()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        await using StockDaemon stock = await StockDaemon.StartAsync();
        await SameAsync(Path.GetDirectoryName(stock.Socket)!);
    }

    [Fact]
    public async Task Of_vireod()
    {
        Needs.Root();
        await using VireoDaemon vireo = await VireoDaemon.StartAsync();
        await SameAsync(Path.GetDirectoryName(vireo.Socket)!);
    }

    /// <summary>In a mount namespace, where the client's settings may be written and the system's own sockets are not there.</summary>
    static async Task SameAsync(string sockets)
    {
        const string apart = "mount -t tmpfs private /run; mount -t tmpfs private /etc/libvirt; exec \"$@\"";
        Assert.SkipUnless(Directory.Exists("/etc/libvirt"), "there is no /etc/libvirt");
        string stock = CLibraryFiles.Stock, program = await CLibraryFiles.CompileAsync("admin.c");
        try
        {
            CommandResult theirs = await OnAsync(stock), ours = await OnAsync(CLibraryFiles.Folder);
            Assert.Equal(theirs.ToString(), ours.ToString());
            Assert.Equal(0, theirs.ExitCode);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }

        Task<CommandResult> OnAsync(string library) => Command.RunAsync(Needs.Program("unshare"),
            ["-m", "--propagation", "private", "--", "sh", "-c", apart, "sh", "env", $"LD_LIBRARY_PATH={library}", program, sockets, "/etc/libvirt"],
            new Dictionary<string, string?> { ["HOME"] = "/nowhere", ["XDG_RUNTIME_DIR"] = null, ["XDG_CONFIG_HOME"] = null, ["XDG_CACHE_HOME"] = null });
    }
}
