using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Status;

namespace Vireo.Conformance.Qemu;

/// <summary>The cookie of a running machine, and a cookie read and written again, on the hosts that the corpus describes.</summary>
sealed class MigrationCookieSuite : Suite
{
    const CookieParts NotOfEveryMachine = CookieParts.LockState | CookieParts.Nbd | CookieParts.Bitmaps;

    static readonly Uuid Host = Id("4a802f00-4cba-5df6-9679-a08c4c5b577f"), OtherHost = Id("8b3f4dc4-6a8e-5f9b-94a5-4c35babd8d95");

    public override string Name => "qemu-migration-cookie";

    public override Outputs Run(CaseInput input)
    {
        DomainStatus status = QemuStatusSuite.Read(input.Text("status"));
        return Outputs.Of((input.Word("kind") is "format" ? Made(status) : Passed(input.Text("input"), status)).ToXml());
    }

    static Uuid Id(string text) => Uuid.TryParse(text, out Uuid id) ? id : throw new InvalidDataException(text);

    static MigrationCookie Made(DomainStatus status) => CookieBuilder.Build(status.Domain, CookieParts.All & ~NotOfEveryMachine,
        new CookieSource { HostName = "hostname2", HostUuid = OtherHost, Cpu = status.Cpu });

    static MigrationCookie Passed(string cookie, DomainStatus status) => MigrationCookie
        .Parse(cookie, CookieParts.All, new CookieReader(status.Domain.Name, status.Domain.Uuid ?? default, Host)).From("hostname", Host);
}
