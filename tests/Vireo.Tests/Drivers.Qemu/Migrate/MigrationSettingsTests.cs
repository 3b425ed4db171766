using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Migrate;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Migrate;

/// <summary>What a migration's parameters become.</summary>
public sealed class MigrationSettingsTests
{
    static MigrationSettings Of(DomainMigrateFlags flags, params TypedParameter[] parameters) => MigrationSettings.Of(MigrationOrder.Read(parameters, flags), source: true);

    static string? Value(MigrationSettings settings, string name) => settings.Parameters.FirstOrDefault(p => p.Name == name)?.Value;

    [Fact]
    public void More_than_QEMU_can_be_told_is_refused_after_the_switch_and_as_fast_as_it_goes_before()
    {
        const ulong most = ulong.MaxValue >> 20;
        Assert.Equal("18446744073708503040", Value(Of(0, new TypedParameter("bandwidth.postcopy", most)), "max-postcopy-bandwidth"));
        var failure = Assert.Throws<VireoException>(() => Of(0, new TypedParameter("bandwidth.postcopy", most + 1)));
        Assert.Equal((ErrorCode.Overflow, "numerical overflow: migration parameter 'bandwidth.postcopy' must be less than 17592186044416"), (failure.Code, failure.Message));
        Assert.Equal("7340032", MigrationSettings.SpeedOf(7));
        Assert.Equal("18446744073708503040", MigrationSettings.SpeedOf(ulong.MaxValue));
    }

    [Fact]
    public void Copies_of_disks_are_slower()
    {
        Assert.Equal(9223372036853727232u, MigrationSettings.CopySpeedOf(8796093022207));
        Assert.Equal("numerical overflow: bandwidth must be less than 8796093022207", Assert.Throws<VireoException>(() => MigrationSettings.CopySpeedOf(8796093022208)).Message);
    }

    [Theory]
    [InlineData("compression.xbzrle.cache", "xbzrle", null)]
    [InlineData("compression.xbzrle.cache", null, "invalid argument: Turn xbzrle compression on to tune it")]
    [InlineData("compression.mt.level", "mt", null)]
    [InlineData("compression.mt.level", "xbzrle", "invalid argument: Turn multithread compression on to tune it")]
    public void Only_a_method_that_is_named_is_tuned(string key, string? method, string? refusal)
    {
        TypedParameter tuning = key.EndsWith("cache", StringComparison.Ordinal) ? new(key, 65536ul) : new(key, 3);
        TypedParameter[] all = method is null ? [tuning] : [tuning, new("compression", method)];
        Assert.Equal(refusal, Record.Exception(() => Of(DomainMigrateFlags.Compressed, all))?.Message);
        Assert.Equal(refusal, Record.Exception(() => Of(0, all))?.Message);
    }
}
