using Vireo.Conformance.Runner;
using Vireo.Model.Domain;

namespace Vireo.Conformance.Qemu;

/// <summary>What a user writes comes out with libvirt's defaults and addresses, as inactive and as active definition.</summary>
sealed class QemuXmlSuite : Suite
{
    public override string Name => "qemu-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        var one = new QemuCase(input);
        return new Outputs
        {
            ["expected_inactive"] = Output.Text(one.Define(inactive: true).ToXml(DomainFormat.Secure | DomainFormat.Inactive)),
            ["expected_active"] = Output.Text(one.Define(inactive: false).ToXml(DomainFormat.Secure)),
        };
    }

    // Some cases compare the inactive form only.
    public override string? Difference(CaseInput input, string member, Output made, string? expected) =>
        member is "expected_active" && expected is null ? null : base.Difference(input, member, made, expected);
}
