using Vireo.Daemon.Service;
using Xunit;

namespace Vireo.Tests.Daemon;

/// <summary>The service manager's files fit the daemon that they start.</summary>
public sealed class UnitFileTests
{
    static string Folder
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Join(folder, "Vireo.slnx")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not within the repository");
            return Path.Join(folder, "packaging/systemd");
        }
    }

    static ILookup<string, string> Read(string path) => File.ReadLines(path)
        .Where(static line => line.Contains('=') && !line.StartsWith('#'))
        .Select(static line => line.Split('=', 2)).ToLookup(static pair => pair[0], static pair => pair[1]);

    public static TheoryData<string> Units(string pattern) =>
        [.. Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order()];

    [Theory, MemberData(nameof(Units), "*.socket")]
    public void A_socket_is_passed_by_a_name_that_the_daemon_knows_and_is_where_clients_look(string unit)
    {
        ILookup<string, string> said = Read(Path.Join(Folder, unit));
        SocketRole role = Assert.NotNull(Systemd.RoleOf(said["FileDescriptorName"].Single()));
        string folder = unit.StartsWith("user", StringComparison.Ordinal) ? "%t/libvirt/" : "/run/libvirt/";
        Assert.Equal(role switch
        {
            SocketRole.ReadWrite => folder + "libvirt-sock",
            SocketRole.ReadOnly => folder + "libvirt-sock-ro",
            SocketRole.Admin => folder + "libvirt-admin-sock",
            SocketRole.Tcp => "16509",
            _ => "16514",
        }, said["ListenStream"].Single());
        Assert.Equal("vireod.service", said["Service"].Single());
        if (role is SocketRole.Admin)
            Assert.Equal("0600", said["SocketMode"].Single());
    }

    [Theory, MemberData(nameof(Units), "*.service")]
    public void A_service_starts_with_its_sockets_and_leaves_guests_alone(string unit)
    {
        ILookup<string, string> said = Read(Path.Join(Folder, unit));
        Assert.Equal(("notify", "process"), (said["Type"].Single(), said["KillMode"].Single()));
        foreach (string socket in said["Requires"].Single().Split(' '))
            Assert.True(File.Exists(Path.Join(Folder, Path.GetDirectoryName(unit), socket)), socket);
        Assert.StartsWith("/usr/sbin/vireod", said["ExecStart"].Single(), StringComparison.Ordinal);
    }
}
