using System.Net.Sockets;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Xunit;

namespace Vireo.Tests.Host;

public class PathTests
{
    static HostPaths Session(string? root = null, params (string, string)[] set) =>
        HostPaths.Session("/home/u", name => set.FirstOrDefault(s => s.Item1 == name).Item2, root);

    [Fact]
    public void The_system_daemon_is_where_libvirt_is()
    {
        var paths = HostPaths.System();
        Assert.Equal("/run/libvirt/libvirt-sock", paths.Socket());
        var qemu = paths.Driver("qemu");
        Assert.Equal("/etc/libvirt/qemu/a.xml", qemu.DefinitionFile("a"));
        Assert.Equal("/etc/libvirt/qemu/autostart/a.xml", qemu.AutostartLink("a"));
        Assert.Equal("/run/libvirt/qemu/a.xml", qemu.StatusFile("a"));
        Assert.Equal("/var/log/libvirt/qemu/a.log", qemu.LogFile("a"));
        Assert.Equal("/var/lib/libvirt/qemu/domain-1-a", qemu.RunFolder(1, "a"));
        Assert.Equal("/var/lib/libvirt/qemu/channel/target/domain-1-a", qemu.ChannelFolder(1, "a"));
        Assert.Equal("/var/cache/libvirt/qemu", qemu.CacheDir);
        Assert.Equal("/var/log/swtpm/libvirt/qemu", qemu.TpmLogDir);
    }

    [Fact]
    public void A_session_follows_the_xdg_variables()
    {
        var plain = Session();
        Assert.Equal(("/home/u/.config/libvirt", "/home/u/.cache/libvirt"), (plain.EtcDir, plain.RunDir));
        var set = Session(null, ("XDG_RUNTIME_DIR", "/run/user/7"), ("XDG_CONFIG_HOME", "/c"), ("XDG_CACHE_HOME", "relative"));
        Assert.Equal("/run/user/7/libvirt/libvirt-sock", set.Socket());
        var qemu = set.Driver("qemu");
        Assert.Equal("/run/user/7/libvirt/qemu/run/a.xml", qemu.StatusFile("a"));
        Assert.Equal("/c/libvirt/qemu/lib/domain-2-a", qemu.RunFolder(2, "a"));
        Assert.Equal("/c/libvirt/qemu/save", qemu.SaveDir);
        Assert.Equal("/home/u/.cache/libvirt/qemu/log/a.log", qemu.LogFile("a"));
    }

    [Fact]
    public void A_root_goes_before_everything()
    {
        var paths = HostPaths.System("/tmp/r/");
        Assert.Equal("/tmp/r/etc/libvirt", paths.EtcDir);
        Assert.Equal("/tmp/r/run/libvirt/qemu/a.xml", paths.Driver("qemu").StatusFile("a"));
        Assert.Equal("/tmp/r/home/u/.config/libvirt", Session("/tmp/r").EtcDir);
        Assert.NotEqual(HostPaths.System("/tmp/s").RootHash, paths.RootHash);
        Assert.Equal("", HostPaths.System().RootHash);
    }

    [Fact]
    public void A_run_is_named_by_twenty_characters_of_the_name()
    {
        Assert.Equal("1-a-very-long-name-for", DriverPaths.RunName(1, "a-very-long-name-for-a-domain"));
        Assert.Equal("2-zażółć gęślą jaźń x ", DriverPaths.RunName(2, "zażółć gęślą jaźń x y z"));
    }

    [Fact]
    public void A_file_is_there_whole_or_not_at_all()
    {
        using var folder = new TempFolder("/tmp", "vireo-");
        string file = Path.Join(folder.Path, "a.xml");
        AtomicFile.Write(file, "one");
        AtomicFile.Write(file, "two");
        Assert.Equal("two", File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        Directory.CreateDirectory(Path.Join(folder.Path, "b.xml"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(Path.Join(folder.Path, "b.xml"), "three"));
        File.WriteAllText(Path.Join(folder.Path, "left.xml.new"), "half");
        AtomicFile.Sweep(folder.Path);
        Assert.Equal(["a.xml"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        Assert.True(AtomicFile.Delete(file));
        Assert.False(AtomicFile.Delete(file));
    }

    [Fact]
    public void A_copy_is_whole_or_leaves_what_was_there()
    {
        using var folder = new TempFolder("/tmp", "vireo-");
        string source = Path.Join(folder.Path, "template"), copy = Path.Join(folder.Path, "copy");
        byte[] content = new byte[200_000];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(source, content);
        File.WriteAllText(copy, "before");
        Assert.Contains("cannot open file", Assert.ThrowsAny<Exception>(() => AtomicFile.Copy(source + ".absent", copy)).Message, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(copy));
        AtomicFile.Copy(source, copy);
        Assert.Equal(content, File.ReadAllBytes(copy));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(copy).UnixFileMode);
        Assert.Equal(["copy", "template"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_lock_is_taken_once_and_free_again_after()
    {
        using var folder = new TempFolder("/tmp", "vireo-");
        string file = Path.Join(folder.Path, "driver.pid");
        using (FileLock? first = FileLock.TryTake(file))
        {
            Assert.NotNull(first);
            Assert.Equal(Environment.ProcessId.ToString(), File.ReadAllText(file).Trim());
            Assert.Null(FileLock.TryTake(file));
        }
        using FileLock? again = FileLock.TryTake(file);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_socket_may_have_a_long_path()
    {
        using var folder = new TempFolder("/tmp", "vireo-");
        string deep = Path.Join(folder.Path, new string('d', 120));
        Directory.CreateDirectory(deep);
        string path = Path.Join(deep, "monitor.sock");
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (var bind = new SocketPath(path))
            server.Bind(new UnixDomainSocketEndPoint(bind.Text));
        server.Listen();
        Assert.True(File.Exists(path));
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (var connect = new SocketPath(path))
            client.Connect(new UnixDomainSocketEndPoint(connect.Text));
        Assert.True(client.Connected);
    }

    [Fact]
    public void A_process_may_have_any_name()
    {
        var stat = ProcStat.Parse("77 (this) is ( a \t weird )\n)( (command ( ) S 1 77 77 0 -1 4194560 1 2 3 4 50 60 7 8 20 0 4 0 12345 1000 99 " +
            "18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 3 0 0 0 0 0 0 0 0 0 0 0 0 0");
        Assert.Equal(("this) is ( a \t weird )\n)( (command ( ", 'S', 12345UL, 99L, 3), (stat!.Name, stat.State, stat.StartTime, stat.ResidentPages, stat.Processor));
        Assert.Null(ProcStat.Parse("nonsense"));
        Assert.Equal(Environment.ProcessId, ProcStat.Read(Environment.ProcessId)!.Pid);
        Assert.Null(ProcStat.Read(int.MaxValue));
        ProcTimes times = ProcTimes.Read(Environment.ProcessId)!.Value;
        Assert.InRange(times.UserTicks + times.SystemTicks, 1UL, ProcStat.Read(Environment.ProcessId) is { } later ? later.UserTicks + later.SystemTicks : 0);
        Assert.Null(ProcTimes.Read(int.MaxValue));
    }
}
