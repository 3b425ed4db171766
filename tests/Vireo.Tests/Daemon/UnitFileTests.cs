using Vireo.Daemon.Options;
using Vireo.Daemon.Roles;
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

    /// <summary>The roles whose daemon a unit starts: one, or of a template all that have the same sockets.</summary>
    static IEnumerable<DaemonRole> RolesOf(string unit)
    {
        string file = Path.GetFileName(unit);
        if (file.StartsWith("vireod", StringComparison.Ordinal))
            return [RoleTable.Default];
        if (file.StartsWith("vireo-proxy", StringComparison.Ordinal))
            return [RoleTable.Find("virtproxyd")!];
        foreach (string manager in (string[])["log", "lock"])
            if (file.StartsWith($"vireo-{manager}.", StringComparison.Ordinal) || file.StartsWith($"vireo-{manager}-", StringComparison.Ordinal))
                return [RoleTable.Find(manager)!];
        Assert.Contains("@.", file, StringComparison.Ordinal);
        return RoleTable.All.Where(role => role.SocketName == role.Name && role.HasReadOnlySocket && (role.HasSession || unit.StartsWith("system", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Units), "*.socket")]
    public void A_socket_is_passed_by_a_name_that_the_daemon_knows_and_is_where_clients_look(string unit)
    {
        ILookup<string, string> said = Read(Path.Join(Folder, unit));
        string folder = unit.StartsWith("user", StringComparison.Ordinal) ? "%t/libvirt/" : "/run/libvirt/";
        foreach (DaemonRole role in RolesOf(unit))
        {
            string Filled(string key) => said[key].Single().Replace("%i", role.Name, StringComparison.Ordinal);
            SocketRole socket = Assert.NotNull(role.FindSocket(Filled("FileDescriptorName")));
            Assert.Equal(socket switch
            {
                SocketRole.Tcp => "16509",
                SocketRole.Tls => "16514",
                _ => folder + role.SocketFile(socket),
            }, Filled("ListenStream"));
            if (socket is SocketRole.Admin)
                Assert.Equal("0600", said["SocketMode"].Single());
        }
        Assert.True(File.Exists(Path.Join(Folder, Path.GetDirectoryName(unit), said["Service"].Single().Replace("@%i", "@", StringComparison.Ordinal))));
    }

    [Theory, MemberData(nameof(Units), "*.service")]
    public void A_service_starts_with_its_sockets_and_leaves_guests_alone(string unit)
    {
        ILookup<string, string> said = Read(Path.Join(Folder, unit));
        Assert.Equal(("notify", "process"), (said["Type"].Single(), said["KillMode"].Single()));
        foreach (string socket in said["Requires"].Single().Split(' '))
            Assert.True(File.Exists(Path.Join(Folder, Path.GetDirectoryName(unit), socket.Replace("@%i", "@", StringComparison.Ordinal))), socket);
        string[] command = said["ExecStart"].Single().Split(' ');
        Assert.Equal("/usr/sbin/vireod", command[0]);
        foreach (DaemonRole role in RolesOf(unit))
        {
            string[] options = [.. command[1..].Where(static word => !word.StartsWith('$')).Select(word => word.Replace("%i", role.Name, StringComparison.Ordinal))];
            Assert.Equal(role, DaemonOptions.Parse(options).ChooseRole(RoleTable.Default));
        }
    }

    [Fact]
    public void Every_role_has_units_for_the_host_and_where_users_have_one_for_them()
    {
        foreach ((string scope, Func<DaemonRole, bool> has) in new (string, Func<DaemonRole, bool>)[] { ("system", static _ => true), ("user", static role => role.HasSession) })
        {
            string[] units = [.. Units("*").Select(static row => row.Data).Where(unit => unit.StartsWith(scope, StringComparison.Ordinal))];
            foreach (DaemonRole role in RoleTable.All.Where(has))
                foreach (string kind in (string[])["*.service", "*.socket"])
                    Assert.Contains(Units(kind).Select(static row => row.Data).Where(units.Contains), unit => RolesOf(unit).Contains(role));
        }
    }
}
