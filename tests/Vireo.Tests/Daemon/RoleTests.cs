using System.Text.Json;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Daemon.Options;
using Vireo.Daemon.Roles;
using Vireo.Daemon.Service;
using Vireo.Host;
using Vireo.Tests.Remote;
using Xunit;

namespace Vireo.Tests.Daemon;

/// <summary>Each role is found where libvirt's daemon of that name is.</summary>
public sealed class RoleTests
{
    static readonly HostPaths host = HostPaths.System(), user = HostPaths.Session("/home/u", static name => name is "XDG_RUNTIME_DIR" ? "/run/user/7" : null);

    [Fact]
    public void Every_daemon_of_libvirts_is_a_role_in_its_places()
    {
        JsonElement[] daemons = [.. Facts.Load("uris.json").GetProperty("daemons").EnumerateArray()];
        Assert.NotEmpty(daemons);
        foreach (JsonElement daemon in daemons)
        {
            if (RoleTable.Find(daemon.GetProperty("daemon").GetString()!) is not { } role)
            {
                Assert.Contains(daemon.GetProperty("daemon").GetString(), (string[])["virtlogd", "virtlockd"]);
                continue;
            }
            string Said(string property) => daemon.GetProperty(property).GetString()!.Replace("<runstatedir>", "/run", StringComparison.Ordinal);
            Assert.Equal((Said("config"), Said("pid_file"), Said("server_name")), (role.ConfigFile, Vireo.Daemon.Places.PidFile(host, role), role.Name));
            Assert.Equal(daemon.GetProperty("session").GetBoolean(), role.HasSession);
            Assert.Equal(daemon.TryGetProperty("tls_port", out _), role.Remote is not RemoteSockets.None);
            Same(daemon.GetProperty("system_sockets"), role, host, "/run/libvirt");
            if (role.HasSession)
                Same(daemon.GetProperty("session_sockets"), role, user, "/run/user/7/libvirt");
        }
        Assert.Empty(RoleTable.All.Select(static role => role.Name).Except(daemons.Select(static daemon => daemon.GetProperty("daemon").GetString()!)));
    }

    static void Same(JsonElement sockets, DaemonRole role, HostPaths paths, string folder)
    {
        foreach (var (key, socket) in ((string, SocketRole)[])[("rw", SocketRole.ReadWrite), ("ro", SocketRole.ReadOnly), ("admin", SocketRole.Admin)])
        {
            string? file = key is "ro" && !paths.Privileged ? null : role.SocketFile(socket);
            string? said = sockets.TryGetProperty(key, out JsonElement path)
                ? path.GetString()!.Replace("<runstatedir>/libvirt", folder, StringComparison.Ordinal).Replace("<user runtime dir>", folder, StringComparison.Ordinal) : null;
            Assert.Equal(said, file is null ? null : paths.Socket(file));
        }
    }

    [Fact]
    public void A_role_is_asked_for_or_the_programs_own_name()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "/usr/sbin/virtqemud\0--timeout\0" + "120\0");
            Assert.Equal("virtqemud", Vireo.Daemon.Places.ProgramName(file));
        }
        finally
        {
            File.Delete(file);
        }
        DaemonRole qemu = RoleTable.Find("virtqemud")!;
        Assert.Same(qemu, DaemonOptions.Parse([]).ChooseRole(qemu));
        Assert.Equal("virtnetworkd", DaemonOptions.Parse(["--role=virtnetworkd"]).ChooseRole(qemu).Name);
        Assert.StartsWith("there is no role 'virtd': libvirtd, ",
            Assert.Throws<VireoException>(() => DaemonOptions.Parse(["--role", "virtd"]).ChooseRole(qemu)).Error.Str2, StringComparison.Ordinal);
        Assert.Equal("virtqemud does not listen for TCP or TLS", Assert.Throws<VireoException>(() => DaemonOptions.Parse(["-l"]).ChooseRole(qemu)).Error.Str2);
    }

    [Fact]
    public void A_role_takes_its_own_sockets_only()
    {
        DaemonRole qemu = RoleTable.Find("virtqemud")!;
        Assert.Equal(SocketRole.Admin, qemu.FindSocket("virtqemud-admin.socket"));
        Assert.Equal(SocketRole.ReadOnly, qemu.FindSocket("virtqemud-sock-ro"));
        Assert.Null(qemu.FindSocket("libvirtd.socket"));
        Assert.Null(qemu.FindSocket("virtqemud-tls.socket"));
        Assert.Equal(SocketRole.Tls, RoleTable.Default.FindSocket("libvirtd-tls.socket"));
    }

    [Fact]
    public void A_key_that_would_set_nothing_in_a_role_is_refused_by_name_and_place()
    {
        foreach (DaemonRole role in RoleTable.All.Where(static role => role.ReadConfig == RoleSettings.Read))
        {
            foreach (LibvirtdKey key in LibvirtdKeys.All.Where(key => RoleSettings.WhyNot(role, key) is not null))
            {
                VireoException refused = Assert.Throws<VireoException>(() => role.ReadConfig(role, ConfFile.Parse($"\n{key.Name} = 1\n", "role.conf")));
                Assert.Equal(ErrorCode.ConfigUnsupported, refused.Code);
                Assert.Contains("role.conf:2:", refused.Message, StringComparison.Ordinal);
                Assert.Contains($"{key.Name}: {role.Name} ", refused.Message, StringComparison.Ordinal);
            }
        }
        DaemonRole qemu = RoleTable.Find("virtqemud")!;
        Assert.NotNull(RoleSettings.WhyNot(qemu, LibvirtdKeys.All.Single(static key => key.Name is "listen_tls")));
        Assert.Null(RoleSettings.WhyNot(qemu, LibvirtdKeys.All.Single(static key => key.Name is "access_drivers")));
        Assert.Equal(77, qemu.ReadConfig(qemu, ConfFile.Parse("max_clients = 77", "role.conf")).MaxClients);
        Assert.True(RoleTable.Default.ReadConfig(RoleTable.Default, ConfFile.Empty("l.conf")).ListenTls);
    }
}
