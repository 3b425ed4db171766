using Microsoft.Win32.SafeHandles;
using Vireo.Host.Files;
using Vireo.Host.Namespaces;
using Vireo.Host.Processes;
using Xunit;

namespace Vireo.Tests.Host.Namespaces;

public sealed class PrivateDevTests : IDisposable
{
    static readonly string[] Mounts = ["/dev/pts", "/dev/shm"];

    readonly string folder = Directory.CreateTempSubdirectory("vireo-dev-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Link(string name, string target)
    {
        string path = Path.Join(folder, name);
        File.CreateSymbolicLink(path, target);
        return path;
    }

    [Fact]
    public void Places_below_others_and_elsewhere_are_left_out_and_bytes_are_read_as_the_kernel_writes_them() => Assert.Equal(
        ["/dev/pts", "/dev/my shm", "/dev/hugepages"],
        DevMounts.Of(
        [
            "22 1 0:6 / /dev rw - devtmpfs devtmpfs rw", "23 22 0:2 / /dev/pts rw shared:3 - devpts devpts rw", "24 22 0:3 / /dev/pts rw - devpts devpts rw",
            @"25 22 0:4 / /dev/my\040shm rw - tmpfs tmpfs rw", @"26 25 0:4 / /dev/my\040shm/below rw - tmpfs tmpfs rw", "27 22 0:5 / /dev/hugepages rw - hugetlbfs h rw",
            "28 1 0:7 / /device rw - tmpfs t rw", "broken",
        ]));

    [Fact]
    public void A_node_is_found_through_links_and_what_is_mounted_below_or_is_not_there_is_left_out()
    {
        var dev = new PrivateDev(Mounts);
        dev.Add(Link("one", Link("two", "/dev/../dev/null")));
        dev.Add("/dev/pts/ptmx");
        dev.Add("/dev/not-there");
        dev.Add("/etc/passwd");
        Assert.Equal(["/dev/null"], dev.Paths);
    }

    [Fact]
    public void A_guest_has_its_own_copy_of_nodes_of_the_hosts_dev_and_of_nothing_else()
    {
        var dev = new PrivateDev(Mounts);
        Assert.True(dev.Holds("/dev/null"));
        Assert.True(dev.Holds(Link("null", "/dev/null")));
        Assert.False(dev.Holds("/dev/pts/ptmx"));
        Assert.False(dev.Holds("/dev/shm"));
        Assert.False(dev.Holds("/etc/passwd"));
        Assert.False(dev.Holds(Link("loop", Path.Join(folder, "loop"))));
    }

    [Fact]
    public void A_node_is_called_what_its_guest_wants_or_what_the_hosts_is()
    {
        Assert.SkipUnless(OwnProcess.IsRoot && MountNamespaces.AreAvailable(), "needs root, to make nodes");
        var dev = new PrivateDev(Mounts);
        dev.Add("/dev/null", label: "a_u:b_r:c_t:s0:c1,c2");
        dev.Add("/dev/zero");
        using SafeFileHandle made = DevMount.Of(dev);
        string? LabelOf(string path) => FileOwner.Attribute(path, "security.selinux", out _)?.TrimEnd('\0');
        string place = $"/proc/self/fd/{made.DangerousGetHandle()}";
        Assert.Equal("a_u:b_r:c_t:s0:c1,c2", LabelOf(place + "/null"));
        Assert.Equal(LabelOf("/dev/zero"), LabelOf(place + "/zero"));
    }
}
