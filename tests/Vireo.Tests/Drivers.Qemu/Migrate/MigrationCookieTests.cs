using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Migrate;

/// <summary>Cookies beyond what the corpus has.</summary>
public sealed class MigrationCookieTests
{
    static readonly Uuid Machine = Id("dcf47dbd-46d1-4d5b-b442-262a806a333a"), Here = Id("4a802f00-4cba-5df6-9679-a08c4c5b577f"),
        There = Id("8b3f4dc4-6a8e-5f9b-94a5-4c35babd8d95");

    static readonly CookieReader Reader = new("d1", Machine, Here);

    static Uuid Id(string text) => Uuid.TryParse(text, out Uuid id) ? id : throw new ArgumentException(text, nameof(text));

    static string Cookie(string inside, string name = "d1", string? uuid = null, string? host = null) => $"""
        <qemu-migration>
          <name>{name}</name>
          <uuid>{uuid ?? Machine.ToString()}</uuid>
          <hostname>there</hostname>
          <hostuuid>{host ?? There.ToString()}</hostuuid>
        {inside}</qemu-migration>

        """;

    [Fact]
    public void Maps_of_dirty_blocks_and_what_is_left_to_do_are_kept()
    {
        string text = Cookie("""
              <statistics>
                <time_remaining>7</time_remaining>
              </statistics>
              <blockDirtyBitmaps>
                <disk target='vda'>
                  <bitmap name='a' alias='libvirt-vda-a'/>
                </disk>
              </blockDirtyBitmaps>

            """);
        Assert.Equal(text, MigrationCookie.Parse(text, CookieParts.All & ~CookieParts.Capabilities, Reader).ToXml());
    }

    [Fact]
    public void Parts_that_are_not_wanted_are_dropped()
    {
        MigrationCookie cookie = MigrationCookie.Parse(Cookie("<nbd port='1'/><lockstate driver='d'/><allowReboot value='yes'/>"), CookieParts.Nbd, Reader);
        Assert.Equal(1u, cookie.Nbd?.Port);
        Assert.Null(cookie.LockState);
        Assert.Null(cookie.AllowReboot);
        Assert.Null(cookie.Capabilities);
    }

    [Theory]
    [InlineData("d2", null, null, "", ErrorCode.InternalError, "Incoming cookie data had unexpected name d2 vs d1")]
    [InlineData("d1", "4a802f00-4cba-5df6-9679-a08c4c5b577f", null, "", ErrorCode.InternalError,
        "Incoming cookie data had unexpected UUID 4a802f00-4cba-5df6-9679-a08c4c5b577f vs dcf47dbd-46d1-4d5b-b442-262a806a333a")]
    [InlineData("d1", null, "4a802f00-4cba-5df6-9679-a08c4c5b577f", "", ErrorCode.InternalError,
        "Attempt to migrate guest to the same host 4a802f00-4cba-5df6-9679-a08c4c5b577f")]
    [InlineData("d1", null, null, "<feature name='telepathy'/>", ErrorCode.OperationUnsupported, "Unknown migration cookie feature telepathy")]
    [InlineData("d1", null, null, "<feature name='nbd'/>", ErrorCode.OperationUnsupported, "Unsupported migration cookie feature nbd")]
    public void A_cookie_that_is_not_for_us_is_refused(string name, string? uuid, string? host, string inside, ErrorCode code, string message)
    {
        var refused = Assert.Throws<VireoException>(() =>
            MigrationCookie.Parse(Cookie(inside, name, uuid, host), CookieParts.All & ~CookieParts.Nbd, Reader));
        Assert.Equal(code, refused.Code);
        Assert.Equal(message, refused.Error.Message.Split(" (line")[0].Replace("internal error: ", "", StringComparison.Ordinal)
            .Replace("Operation not supported: ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cookie_has_a_greatest_length() => Assert.Throws<VireoException>(() =>
        MigrationCookie.Parse(new string(' ', MigrationCookie.SizeLimit + 1), CookieParts.All, Reader));

    [Fact]
    public void A_card_of_a_switch_and_a_screen_with_a_certificate_are_told()
    {
        DomainDef live = DomainDef.Parse($"""
            <domain type='qemu' id='1'><name>d1</name><uuid>{Machine}</uuid><memory>1</memory><os><type>hvm</type></os>
            <cpu mode='host-model'/>
            <devices><interface type='bridge'><source bridge='b0'/></interface>
            <interface type='bridge'><source bridge='b0'/><virtualport type='openvswitch'/></interface>
            <graphics type='sdl'/><graphics type='vnc' port='5901'><listen type='network' network='n' address='10.0.0.1'/></graphics></devices></domain>
            """, DomainParse.None);
        string made = CookieBuilder.Build(live, CookieParts.Graphics | CookieParts.Network | CookieParts.Cpu | CookieParts.CpuHotplug, new CookieSource
        {
            HostName = "there", HostUuid = There, CertificateSubject = "CN=there", PortData = static _ => "data",
        }).ToXml();
        Assert.Equal(Cookie("""
              <feature name='cpu-hotplug'/>
              <graphics type='vnc' port='5901' listen='10.0.0.1'>
                <cert info='subject' value='CN=there'/>
              </graphics>
              <network>
                <interface index='1' vporttype='openvswitch'>
                  <portdata>data</portdata>
                </interface>
              </network>
              <cpu mode='host-model'/>

            """), made);
    }
}
