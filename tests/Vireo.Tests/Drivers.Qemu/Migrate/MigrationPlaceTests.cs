using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Target;
using Vireo.Drivers.Qemu.Settings;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Migrate;

/// <summary>Where a guest is awaited.</summary>
public sealed class MigrationPlaceTests
{
    static async Task<MigrationPlace> ChooseAsync(string? uri, QemuConfig? config = null, string? listen = null) => await MigrationPlace.ChooseAsync(
        config ?? new QemuConfig(), new ScreenPorts(config ?? new QemuConfig()), static () => Task.FromResult("two.example.org"), uri, listen);

    [Theory]
    [InlineData("tcp:10.0.0.2:5555", "127.0.0.1", "tcp:127.0.0.1:5555")]
    [InlineData("tcp://host:5555", "::1", "tcp:[::1]:5555")]
    [InlineData("tcp://[fd00::2]:5555", null, "tcp:[::]:5555")]
    [InlineData("unix:///run/guest.sock", null, "unix:/run/guest.sock")]
    [InlineData("rdma://10.0.0.2:5555", null, "rdma:10.0.0.2:5555")]
    public async Task A_URI_with_a_place_is_taken_as_it_is(string uri, string? listen, string place)
    {
        MigrationPlace chosen = await ChooseAsync(uri, listen: listen);
        Assert.Equal((place, null, 0), (chosen.Listen, chosen.Told, chosen.Port));
    }

    [Fact, Trait("qemu.conf", "migration_host"), Trait("qemu.conf", "migration_address"), Trait("qemu.conf", "migration_port_min"), Trait("qemu.conf", "migration_port_max")]
    public async Task The_settings_say_where_and_how_others_are_told()
    {
        var config = new QemuConfig { MigrationHost = "elsewhere", MigrationAddress = "127.0.0.1", MigrationPortMin = 50_100, MigrationPortMax = 50_199 };
        MigrationPlace chosen = await ChooseAsync(null, config);
        Assert.InRange(chosen.Port, 50_100, 50_199);
        Assert.Equal(($"tcp:127.0.0.1:{chosen.Port}", $"tcp:elsewhere:{chosen.Port}"), (chosen.Listen, chosen.Told));
        chosen = await ChooseAsync(null);
        Assert.Equal($"tcp:two.example.org:{chosen.Port}", chosen.Told);
    }

    [Theory]
    [InlineData("tcp:127.0.0.1", "tcp:127.0.0.1:")]
    [InlineData("tcp://[fd00::2]", "tcp://[fd00::2]:")]
    public async Task A_port_is_found_where_none_is_said(string uri, string told) =>
        Assert.StartsWith(told, (await ChooseAsync(uri)).Told, StringComparison.Ordinal);

    [Theory]
    [InlineData("foo:bar", ErrorCode.ArgumentUnsupported)]
    [InlineData("nowhere", ErrorCode.InvalidArg)]
    [InlineData("tcp://", ErrorCode.InvalidArg)]
    [InlineData("unix:", ErrorCode.InvalidArg)]
    [InlineData("tcp:127.0.0.1:99999", ErrorCode.InvalidArg)]
    [InlineData("%%", ErrorCode.InternalError)]
    public async Task What_is_no_place_is_refused(string uri, ErrorCode code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<VireoException>(() => ChooseAsync(uri))).Code);
}
