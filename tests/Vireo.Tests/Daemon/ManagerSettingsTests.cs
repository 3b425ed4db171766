using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Daemon.Managers;
using Vireo.Daemon.Roles;
using Vireo.Tests.Remote;
using Xunit;

namespace Vireo.Tests.Daemon;

public sealed class ManagerSettingsTests
{
    static LibvirtdConfig Read(DaemonRole role, string text) => ManagerSettings.Read(role, ConfFile.Parse(text, "m.conf"));

    [Theory]
    [InlineData("log", "virtlogd.conf")]
    [InlineData("lock", "virtlockd.conf")]
    public void Every_key_of_libvirt_is_known_and_no_other(string role, string file)
    {
        string[] keys = [.. Facts.Load("config.json").GetProperty("files").EnumerateArray().First(one => one.GetProperty("file").GetString() == file)
            .GetProperty("keys").EnumerateArray().Select(static one => one.GetProperty("key").GetString()!)];
        string text = string.Concat(keys.Select(static key => key is "log_filters" or "log_outputs" ? $"{key} = \"\"\n" : $"{key} = 4\n"));
        Assert.Empty(Read(RoleTable.Find(role)!, text).Unknown);
        Assert.Equal(["max_age"], Read(RoleTable.Find(role)!, text + "max_age = 1\n").Unknown);
    }

    [Fact]
    public void What_is_not_written_is_as_in_libvirt()
    {
        LibvirtdConfig none = Read(ManagerRoles.Log, "");
        Assert.Equal((1024, 5000, 3), (none.MaxClients, none.AdminMaxClients, none.LogLevel));
        Assert.Equal(new ManagerSettings.LogLimits(2097152, 3), ManagerSettings.Limits(ConfFile.Parse("", "m.conf")));
        Assert.Equal(new ManagerSettings.LogLimits(50000, 0), ManagerSettings.Limits(ConfFile.Parse("max_size = 50000\nmax_backups = 0\n", "m.conf")));
    }

    [Theory]
    [InlineData("log_level = 9", "m.conf:1:13: log_level: Failed to set logging priority, argument '9' is invalid")]
    [InlineData("max_size = 0", "m.conf:1:12: max_size: a log needs room")]
    [InlineData("max_backups = \"x\"", "m.conf:1:15: expected a number that is not negative for 'max_backups' parameter")]
    public void Mistakes_are_told_with_their_place(string text, string mistake) =>
        Assert.Equal(mistake, Assert.Throws<VireoException>(() => Read(ManagerRoles.Log, text)).Error.Str2);
}
