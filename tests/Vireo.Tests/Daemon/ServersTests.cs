using Vireo.Core.Config;
using Vireo.Daemon.Service;
using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.Tests.Daemon;

public sealed class ServersTests
{
    static LibvirtdConfig Read(string text) => LibvirtdConfig.From(ConfFile.Parse(text, "l.conf"));

    [Fact, Trait("libvirtd.conf", "max_client_requests")]
    [Trait("libvirtd.conf", "keepalive_interval"), Trait("libvirtd.conf", "keepalive_count")]
    public void Settings_reach_the_server_that_they_are_for()
    {
        RpcServerOptions options = Servers.Options(Read(
            "max_clients = 21\nmax_anonymous_clients = 12\nmin_workers = 3\nmax_workers = 4\nprio_workers = 6\nmax_client_requests = 7\nkeepalive_interval = 8\nkeepalive_count = 9"));
        Assert.Equal((21, 12, 3, 4, 6, 7), (options.MaxClients, options.MaxAnonymousClients, options.MinWorkers, options.MaxWorkers, options.PrioWorkers, options.MaxClientRequests));
        Assert.Equal((TimeSpan.FromSeconds(8), 9), (options.KeepaliveInterval, options.KeepaliveCount));
        Assert.True(Servers.Options(Read("keepalive_interval = -1")).KeepaliveInterval <= TimeSpan.Zero);     // nobody is pinged
        Assert.Equal(50, Servers.Options(Read("min_workers = 50")).MaxWorkers);                               // as with libvirtd
    }

    [Fact, Trait("libvirtd.conf", "admin_max_client_requests")]
    [Trait("libvirtd.conf", "admin_keepalive_interval"), Trait("libvirtd.conf", "admin_keepalive_count")]
    public void Settings_of_the_admin_server_reach_it()
    {
        RpcServerOptions options = Servers.AdminOptions(Read(
            "admin_max_clients = 2\nadmin_min_workers = 3\nadmin_max_workers = 4\nadmin_max_client_requests = 7\nadmin_keepalive_interval = 8\nadmin_keepalive_count = 9"));
        Assert.Equal((2, 0, 3, 4, 7), (options.MaxClients, options.MaxAnonymousClients, options.MinWorkers, options.MaxWorkers, options.MaxClientRequests));
        Assert.Equal((TimeSpan.FromSeconds(8), 9), (options.KeepaliveInterval, options.KeepaliveCount));
    }

    [Theory]
    [InlineData("max_clients = 5", "The overall maximum number of clients must not be less than the number of clients waiting for authentication")]
    [InlineData("max_workers = 0", "'max_workers' must be greater than 0")]
    [InlineData("admin_max_workers = 0", "'admin_max_workers' must be greater than 0")]
    [InlineData("tcp_min_ssf = 56", "minimum SSF levels lower than 112 are not supported")]
    [InlineData("log_level = 9", "Failed to set logging priority, argument '9' is invalid")]
    [InlineData("host_uuid = \"abc\"", "invalid host UUID: abc")]
    public void What_cannot_be_is_told_with_its_place(string line, string message)
    {
        string told = Assert.Throws<Vireo.Core.Errors.VireoException>(() => Read(line)).Message;
        Assert.Contains(message, told);
        Assert.Contains("l.conf:1:", told);
    }
}
