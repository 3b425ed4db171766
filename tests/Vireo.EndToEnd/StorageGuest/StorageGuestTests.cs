using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.StorageGuest;

/// <summary>
/// Pools on what this machine's kernel may not have: volume groups, partitions, iSCSI targets, multipath devices and a server's folders, all real, in one boot
/// of a guest where first vireod and then stock libvirtd 9.0.0 is told the same.
/// </summary>
public sealed partial class StorageGuestTests
{
    static readonly string[] programs = ["lvcreate", "parted", "mkfs.ext4", "iscsiadm", "iscsid", "tgtd", "tgtadm", "dmsetup", "rpcbind", "rpc.nfsd", "rpc.mountd", "exportfs", "showmount", "libvirtd", "virsh"];

    [Fact]
    public async Task Pools_of_real_devices_and_servers_are_as_stocks()
    {
        Needs.Long("two daemons make some hundred calls inside an emulated guest, which takes minutes of a processor");
        foreach (string program in programs)
            Needs.Program(program);
        using var guest = new KernelGuest();
        Assert.SkipUnless(Directory.Exists(guest.Modules), "eng/make-systemd-guest has put no modules beside its guest");
        string modules = Path.Join(guest.Share, "modules");
        foreach (string file in Directory.GetFiles(guest.Modules, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Join(modules, Path.GetRelativePath(guest.Modules, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        string script = Path.Join(guest.Share, "guest.sh");
        File.Copy(Path.Join(AppContext.BaseDirectory, "StorageGuest/guest.sh"), script);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string said = await guest.BootAsync("vireo.init=/mnt/guest.sh");
        Dictionary<string, string> parts = KernelGuest.Parts(said);
        Assert.True(parts.ContainsKey("end"), said);
        string[] sections = [.. parts.Keys.Where(static name => name.StartsWith("stock ", StringComparison.Ordinal)).Select(static name => name["stock ".Length..])];
        Assert.True(sections.Length > 10, said);
        foreach (string section in sections)
        {
            string stock = Plain(parts[$"stock {section}"]), ours = Plain(parts[$"vireod {section}"]);
            if (section is "iscsi-direct")      // stock tells of one block less than there is
                stock = stock.Replace(">16776704<", ">16777216<", StringComparison.Ordinal).Replace(">33553408<", ">33554432<", StringComparison.Ordinal);
            Assert.True(stock == ours, $"{section}, stock:\n{stock}\nours:\n{ours}");
            // That both say the same does not say that anything was there.
            if (!section.EndsWith("refused", StringComparison.Ordinal))
                Assert.DoesNotContain("error:", ours, StringComparison.Ordinal);
        }
        foreach (string section in (string[])["logical", "disk", "iscsi", "netfs"])
            Assert.Contains("/tmp/out is the same", parts[$"vireod {section}"], StringComparison.Ordinal);
        Assert.Equal("""
            pool-info n: answered
            pool-list --all: answered
            vol-list n: answered
            pool-create-as other dir --target /tmp/export: answered
            pool-refresh other: answered
            pool-destroy other: answered
            the refresh waits
            Pool n refreshed
            Pool n destroyed
            Pool n has been undefined
            """, parts["a server that is gone"]);
        Assert.Contains(" thin /dev/vgthin/thin", Plain(parts["thin volumes"]), StringComparison.Ordinal);
        // Stock libvirtd dies of this question.
        Assert.Contains("<device path='iqn.2026-11.test:locked'/>", parts["vireod finds targets"], StringComparison.Ordinal);
    }

    static string Plain(string said) => Wide().Replace(Key().Replace(Time().Replace(Uuid().Replace(said, "UUID"), "TIME"), "<key>KEY<"), " ");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"(?<=<[acm]time>)[\d.]+")]
    private static partial Regex Time();

    /// <summary>LVM's own name for a volume.</summary>
    [GeneratedRegex(@"<key>\w{6}-[\w-]+<")]
    private static partial Regex Key();

    [GeneratedRegex(" {2,}|-{4,}")]
    private static partial Regex Wide();
}
