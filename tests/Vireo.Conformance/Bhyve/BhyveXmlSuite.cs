using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Drivers.Bhyve.Definition;
using Vireo.Model.Domain;
using Vireo.Model.Rules;

namespace Vireo.Conformance.Bhyve;

/// <summary>Documents with what the bhyve driver fills in.</summary>
sealed class BhyveXmlSuite : Suite
{
    public override string Name => "bhyve-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        bool inactive = input.Word("mode") is "inactive";
        DomainDef written = DomainDef.Parse(input.Text("input"), inactive ? DomainParse.Inactive : DomainParse.None);
        DomainDef machine = BhyveDefinition.Complete(written, new BhyveContext
        {
            Inactive = inactive,
            Ahci32Ports = input.Words("bhyve_caps").Contains("BHYVE_CAP_AHCI32SLOT"),
            NewMac = static () => new MacAddress(0x525400000000),
        });
        DomainRules.Check(machine).ThrowFirst();
        return Outputs.Of(machine.ToXml(DomainFormat.Secure | (inactive ? DomainFormat.Inactive : DomainFormat.None)));
    }
}
