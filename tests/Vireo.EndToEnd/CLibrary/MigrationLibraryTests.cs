using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>Migrations between two stock libvirtds, with guests that are paused: Debian's library and ours move them in the same way, and refuse the same.</summary>
public sealed class MigrationLibraryTests
{
    /// <summary>A second daemon, which shares the first one's processes and network, but not its files, and is another host by its uuid.</summary>
    const string Target = """
        mkdir -p $root/target/sock
        unshare -m --propagation private sh -c '
            mount -t tmpfs -o mode=755 run /run && mkdir -p /run/lock /run/libvirt && mount --bind $0/target/sock /run/libvirt
            for folder in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do
                mkdir -p $0/target$folder && cp -a $folder/. $0/target$folder && mount --bind $0/target$folder $folder
            done
            echo "host_uuid = \"8510b1a1-0afa-4da6-8111-785fae202c1e\"" >>/etc/libvirt/libvirtd.conf
            exec libvirtd' $root &
        """;

    [Fact]
    public async Task Guests_move_and_stay_as_they_do_on_Debians_library()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("qemu-system-x86_64");
        await Needs.PythonModuleAsync("libvirt");
        string stock = CLibraryFiles.Stock, ours = CLibraryFiles.Folder;
        await using StockDaemon source = await StockDaemon.StartAsync(Target);
        string target = Path.Join(source.Root, "target/sock/libvirt-sock");
        await AppearsAsync(target);
        CommandResult theirs = await OnAsync(stock), result = await OnAsync(ours);
        Assert.Equal(theirs.ToString(), result.ToString());
        Assert.Equal(0, theirs.ExitCode);

        Task<CommandResult> OnAsync(string library) => Command.RunAsync(Needs.Program("nsenter"),
            ["-t", source.Pid.ToString(), "-n", "--", "/usr/bin/python3", CLibraryFiles.Data("migration.py"), $"qemu+unix:///system?socket={source.Socket}", $"qemu+unix:///system?socket={target}"],
            new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = library });
    }

    static async Task AppearsAsync(string socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!File.Exists(socket))
            await Task.Delay(20, limit.Token);
    }
}
