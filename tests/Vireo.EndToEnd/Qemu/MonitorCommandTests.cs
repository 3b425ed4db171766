using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>What clients say to QEMU past the daemon.</summary>
public sealed class MonitorCommandTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_are_passed_on_and_so_are_answers_and_refusals()
    {
        await using var root = await new QemuRoot().StartAsync();
        DomainRef guest = await root.DefineAsync("talks");
        Task<string> SayAsync(string command, QemuMonitorCommandFlags flags = default) => root.Get<IQemuMonitor>().RunMonitorCommandAsync(guest, command, flags, Test).AsTask();
        Assert.Equal("Requested operation is not valid: domain is not running", (await Assert.ThrowsAsync<VireoException>(() => SayAsync("{}"))).Message);
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        Assert.Empty(await root.Get<IDomainMessages>().GetMessagesAsync(guest, default, Test));
        Assert.StartsWith("{\"return\":{\"name\":\"talks\"},\"id\":\"libvirt-", await SayAsync("""{"execute":"query-name"}"""), StringComparison.Ordinal);
        Assert.EndsWith("\"error\":{\"class\":\"CommandNotFound\",\"desc\":\"The command nope has not been found\"}}", await SayAsync("""{"execute":"nope"}"""), StringComparison.Ordinal);
        Assert.Equal("talks", (await SayAsync("info name", QemuMonitorCommandFlags.Human)).Trim());
        Assert.Equal(["tainted: custom monitor control commands issued"], await root.Get<IDomainMessages>().GetMessagesAsync(guest, default, Test));
        foreach (string bad in new[] { "[1]", "{", """{"execute":"query-name","id":"mine"}""" })
            Assert.Equal(ErrorCode.InternalError, (await Assert.ThrowsAsync<VireoException>(() => SayAsync(bad))).Code);
        await root.StopAsync();
        await root.StartAsync();
        Assert.Equal(["tainted: custom monitor control commands issued"], await root.Get<IDomainMessages>().GetMessagesAsync(guest, default, Test));
    }
}
