using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Files;
using Vireo.Host.Namespaces;
using Vireo.Host.Users;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>The /dev that a guest of the system's daemon has for itself.</summary>
public sealed class OwnDevTests
{
    static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    static string Disk(string path, string target) => $"<disk type='block'><driver name='qemu' type='raw'/><source dev='{path}'/><target dev='{target}' bus='scsi'/></disk>";

    static async Task<string> LoopAsync(string image)
    {
        await File.WriteAllBytesAsync(image, new byte[1 << 20], Test);
        CommandResult made = await Command.RunAsync("losetup", ["--show", "-f", image]);
        Assert.SkipWhen(made.ExitCode != 0, $"no loop device is there: {made.Error}");
        return made.Output.Trim();
    }

    [Fact]
    public async Task Devices_come_and_go_in_a_guests_own_dev_whichever_daemon_started_it_and_the_hosts_stay_as_they_are()
    {
        Needs.Root();
        Needs.Program("losetup");
        Assert.SkipUnless(MountNamespaces.AreAvailable(), "there are no mount namespaces here");
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string[] loops = [];
        try
        {
            loops = [await LoopAsync(Path.Join(root.Paths.Root!, "a.img"))];
            loops = [.. loops, await LoopAsync(Path.Join(root.Paths.Root!, "b.img"))];
            Ids before = OwnerOf(loops[1]), guest = HostUsers.FindUser("libvirt-qemu") is { } user ? new(user, HostUsers.FindGroup("libvirt-qemu") ?? 0) : new(0, 0);
            int mounts = File.ReadLines("/proc/self/mountinfo").Count();
            DomainRef g = await root.Get<IDomainPower>().CreateTransientAsync(QemuRoot.Guest("g").Replace("<memballoon model='virtio'/>",
                $"<controller type='scsi' model='virtio-scsi'/>{Disk(loops[0], "sda")}", StringComparison.Ordinal), DomainCreateFlags.StartPaused, Test);
            int pid = Assert.Single(root.Pids());
            string dev = $"/proc/{pid}/root";
            Assert.True(File.Exists(dev + "/dev/null") && Directory.Exists(dev + "/dev/pts") && File.Exists(dev + loops[0]));
            Assert.False(File.Exists(dev + "/dev/console") || File.Exists(dev + loops[1]));
            Assert.Equal(guest, OwnerOf(dev + loops[0]));
            Assert.Equal(before, OwnerOf(loops[0]));
            Assert.Equal(mounts, File.ReadLines("/proc/self/mountinfo").Count());

            await root.StopAsync();
            await root.StartAsync();
            await root.Get<IDomainDevices>().AttachDeviceAsync(g, Disk(loops[1], "sdb"), Test);
            Assert.Equal(guest, OwnerOf(dev + loops[1]));
            Assert.Equal(FileOwner.FindNode(loops[1]), FileOwner.FindNode(dev + loops[1]));
            Assert.Equal(before, OwnerOf(loops[1]));
            await root.Get<IDomainDevices>().DetachDeviceAsync(g, Disk(loops[1], "sdb"), Test);     // a SCSI disk needs no guest that lets go
            Assert.False(File.Exists(dev + loops[1]));
            Assert.True(File.Exists(dev + loops[0]));
            await root.Get<IDomainPower>().DestroyAsync(g, Test);
            Assert.Equal(before, OwnerOf(loops[0]));
        }
        finally
        {
            foreach (string loop in loops)
                await Command.RunAsync("losetup", ["-d", loop]);
        }
    }

    static Ids OwnerOf(string path) => FileOwner.Find(path, out _)!.Value.Owner;
}
